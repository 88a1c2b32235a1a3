//! `URL`, on the `url` crate, which parses as browsers do.

pub(crate) mod search_params;

use boa_engine::{
    Context, Finalize, JsArgs, JsData, JsNativeError, JsObject, JsResult, JsString, JsValue, Trace,
};
use url::{Url as Parsed, quirks};

use self::search_params::SearchParams;
use super::define::{self, WithoutNew};

/// Native data of a `URL`.
#[derive(Trace, Finalize, JsData)]
struct Url {
    #[unsafe_ignore_trace]
    parsed: Parsed,
    /// Made when first asked for; kept equal to the query.
    search_params: Option<JsObject>,
}

/// The name of a part, and how it is read and set.
type Part = (&'static str, define::Native, Option<define::Native>);

/// Defines `URL` and `URLSearchParams`.
pub(crate) fn install(context: &mut Context) -> JsResult<()> {
    search_params::install(context)?;
    let class = define::class("URL", 1, WithoutNew::Throws, new_url, context)?;
    let parts: [Part; 12] = [
        ("href", href, Some(set_href)),
        ("origin", |this, _, _| get(this, quirks::origin), None),
        (
            "protocol",
            |this, _, _| get(this, |url| quirks::protocol(url).to_owned()),
            Some(|this, args, context| set(this, args, context, quirks::set_protocol)),
        ),
        (
            "username",
            |this, _, _| get(this, |url| quirks::username(url).to_owned()),
            Some(|this, args, context| set(this, args, context, quirks::set_username)),
        ),
        (
            "password",
            |this, _, _| get(this, |url| quirks::password(url).to_owned()),
            Some(|this, args, context| set(this, args, context, quirks::set_password)),
        ),
        (
            "host",
            |this, _, _| get(this, |url| quirks::host(url).to_owned()),
            Some(|this, args, context| set(this, args, context, quirks::set_host)),
        ),
        (
            "hostname",
            |this, _, _| get(this, |url| quirks::hostname(url).to_owned()),
            Some(|this, args, context| set(this, args, context, quirks::set_hostname)),
        ),
        (
            "port",
            |this, _, _| get(this, |url| quirks::port(url).to_owned()),
            Some(|this, args, context| set(this, args, context, quirks::set_port)),
        ),
        (
            "pathname",
            |this, _, _| get(this, |url| quirks::pathname(url).to_owned()),
            Some(|this, args, context| set(this, args, context, quirks::set_pathname)),
        ),
        (
            "search",
            |this, _, _| get(this, |url| quirks::search(url).to_owned()),
            Some(set_search),
        ),
        ("searchParams", search_params_of, None),
        (
            "hash",
            |this, _, _| get(this, |url| quirks::hash(url).to_owned()),
            Some(|this, args, context| set(this, args, context, quirks::set_hash)),
        ),
    ];
    for (name, get, set) in parts {
        define::accessor(&class.prototype, name, get, set, context)?;
    }
    define::method(&class.prototype, "toString", 0, href, context)?;
    define::method(&class.prototype, "toJSON", 0, href, context)?;
    define::method(&class.constructor, "canParse", 1, can_parse, context)?;
    define::global("URL", class.constructor, context)
}

/// The text of a `URL` object.
pub(crate) fn href_of(object: &JsObject) -> Option<String> {
    let url = object.downcast_ref::<Url>()?;
    Some(url.parsed.as_str().to_owned())
}

/// Writes the query of `url`; called when its `searchParams` changed.
fn write_query(url: &JsObject, query: &str) {
    if let Some(mut url) = url.downcast_mut::<Url>() {
        url.parsed.set_query((!query.is_empty()).then_some(query));
    }
}

fn text(value: &JsValue, context: &mut Context) -> JsResult<String> {
    Ok(value.to_string(context)?.to_std_string_lossy())
}

fn parse(args: &[JsValue], context: &mut Context) -> JsResult<Result<Parsed, String>> {
    let input = text(args.get_or_undefined(0), context)?;
    let base = args.get_or_undefined(1);
    let parsed = if base.is_undefined() {
        Parsed::parse(&input)
    } else {
        let base = text(base, context)?;
        Parsed::parse(&base).and_then(|base| base.join(&input))
    };
    Ok(parsed.map_err(|_| input))
}

fn new_url(prototype: JsObject, args: &[JsValue], context: &mut Context) -> JsResult<JsObject> {
    if args.is_empty() {
        let message = "URL needs a text";
        return Err(JsNativeError::typ().with_message(message).into());
    }
    let parsed = parse(args, context)?.map_err(|input| invalid(&input))?;
    let url = Url {
        parsed,
        search_params: None,
    };
    Ok(JsObject::from_proto_and_data(prototype, url))
}

fn invalid(input: &str) -> JsNativeError {
    let shown: String = input.chars().take(200).collect();
    JsNativeError::typ().with_message(format!("Invalid URL: '{shown}'"))
}

fn can_parse(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    Ok(parse(args, context)?.is_ok().into())
}

fn this_url(this: &JsValue) -> JsResult<JsObject> {
    this.as_object().filter(JsObject::is::<Url>).ok_or_else(|| {
        JsNativeError::typ()
            .with_message("`this` is not a URL")
            .into()
    })
}

fn get(this: &JsValue, part: fn(&Parsed) -> String) -> JsResult<JsValue> {
    let object = this_url(this)?;
    let text = object.downcast_ref::<Url>().map(|url| part(&url.parsed));
    Ok(JsString::from(text.unwrap_or_default().as_str()).into())
}

/// Sets a part; as elsewhere, what does not fit changes nothing.
fn set<R>(
    this: &JsValue,
    args: &[JsValue],
    context: &mut Context,
    change: impl FnOnce(&mut Parsed, &str) -> R,
) -> JsResult<JsValue> {
    let object = this_url(this)?;
    let value = text(args.get_or_undefined(0), context)?;
    if let Some(mut url) = object.downcast_mut::<Url>() {
        change(&mut url.parsed, &value);
    }
    Ok(JsValue::undefined())
}

fn href(this: &JsValue, _: &[JsValue], _: &mut Context) -> JsResult<JsValue> {
    get(this, |url| url.as_str().to_owned())
}

fn set_href(this: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let object = this_url(this)?;
    let value = text(args.get_or_undefined(0), context)?;
    let parsed = Parsed::parse(&value).map_err(|_| invalid(&value))?;
    if let Some(mut url) = object.downcast_mut::<Url>() {
        url.parsed = parsed;
    }
    read_query(&object);
    Ok(JsValue::undefined())
}

fn set_search(this: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    set(this, args, context, quirks::set_search)?;
    read_query(&this_url(this)?);
    Ok(JsValue::undefined())
}

/// Brings `searchParams`, if it was made, up to the query.
fn read_query(object: &JsObject) {
    let Some(url) = object.downcast_ref::<Url>() else {
        return;
    };
    let params = url.search_params.as_ref();
    if let Some(mut params) = params.and_then(|params| params.downcast_mut::<SearchParams>()) {
        params.pairs = search_params::parse(url.parsed.query().unwrap_or_default());
    }
}

fn search_params_of(this: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let object = this_url(this)?;
    let known = object
        .downcast_ref::<Url>()
        .and_then(|url| url.search_params.clone());
    if let Some(params) = known {
        return Ok(params.into());
    }
    let params = search_params::of_url(&object, context);
    if let Some(mut url) = object.downcast_mut::<Url>() {
        url.search_params = Some(params.clone());
    }
    read_query(&object);
    Ok(params.into())
}

#[cfg(test)]
mod tests {
    use crate::runtime::builtins::web_realm::evaluate;

    #[track_caller]
    fn check(script: &str, expected: &str) {
        assert_eq!(evaluate(script), expected, "{script}");
    }

    #[test]
    fn parts() {
        check(
            "const u = new URL('../x?a=1#h', 'https://me:pw@Example.com:8080/b/c/d'); [u.href, u.origin, u.protocol, u.username, u.password, u.host, u.hostname, u.port, u.pathname, u.search, u.hash].join(' ')",
            "https://me:pw@example.com:8080/b/x?a=1#h https://example.com:8080 https: me pw example.com:8080 example.com 8080 /b/x ?a=1 #h",
        );
        check(
            "JSON.stringify({ u: new URL('http://a') }) + `${new URL('http://a/ b')}`",
            r#"{"u":"http://a/"}http://a/%20b"#,
        );
        check(
            "[URL.canParse('/x'), URL.canParse('/x', 'http://a'), URL.canParse('http://[')].join()",
            "false,true,false",
        );
        check(
            "try { new URL('nope') } catch (e) { e.name + e.message }",
            "TypeErrorInvalid URL: 'nope'",
        );
    }

    #[test]
    fn setters() {
        check(
            "const u = new URL('http://a/b'); u.protocol = 'https'; u.host = 'x.y:99'; u.port = '443'; u.pathname = '/p q'; u.search = 'k=v w'; u.hash = 'z'; u.username = 'me'; u.href",
            "https://me@x.y/p%20q?k=v%20w#z",
        );
        check(
            "const u = new URL('http://a/b'); u.port = 'x'; u.href = 'http://c?d'; u.href",
            "http://c/?d",
        );
    }

    #[test]
    fn search_params_and_query_are_one() {
        check(
            "const u = new URL('http://a/?x=1&y=2'); const p = u.searchParams; p.append('z', 'a b&'); p.delete('x'); const first = u.href; u.search = '?q=%20'; [first, p.get('q') === ' ', p === u.searchParams, u.href].join(' ')",
            "http://a/?y=2&z=a+b%26 true true http://a/?q=%20",
        );
        check(
            "const u = new URL('http://a/?x=1#h'); u.searchParams.delete('x'); u.href",
            "http://a/#h",
        );
    }
}
