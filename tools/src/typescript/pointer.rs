//! Where a `$ref` inside one document points to.

use std::borrow::Cow;

use serde_json::Value;

/// Most values looked at in search of an anchor.
const SEARCHED: usize = 20_000;

/// The schema `reference` means in `root`: a JSON pointer, an anchor, or an `$id`
/// of the document. `None` where it dangles or leaves the document.
pub(crate) fn resolve<'a>(root: &'a Value, reference: &str) -> Option<&'a Value> {
    if reference == "#" || reference.is_empty() {
        return Some(root);
    }
    if let Some(fragment) = reference.strip_prefix('#') {
        let fragment = percent_decoded(fragment);
        return if fragment.starts_with('/') {
            root.pointer(&fragment)
        } else {
            find(root, |schema| {
                ["$anchor", "$dynamicAnchor"]
                    .iter()
                    .any(|key| schema_text(schema, key) == Some(&*fragment))
                    || ["$id", "id"]
                        .iter()
                        .any(|key| schema_text(schema, key) == Some(reference))
            })
        };
    }
    let (base, fragment) = reference.split_once('#').unwrap_or((reference, ""));
    let with_id = |matches: &dyn Fn(&str) -> bool| {
        find(root, |schema| {
            let mut ids = ["$id", "id"].iter();
            ids.any(|key| {
                let id = schema_text(schema, key);
                id.is_some_and(|id| matches(id.strip_suffix('#').unwrap_or(id)))
            })
        })
    };
    let document = with_id(&|id| id == base).or_else(|| with_id(&|id| may_be_same(id, base)))?;
    match percent_decoded(fragment) {
        fragment if fragment.is_empty() => Some(document),
        fragment => document.pointer(&fragment),
    }
}

/// Whether two addresses mean the same document, of which one is relative.
fn may_be_same(id: &str, reference: &str) -> bool {
    let is_relative = |address: &str| !address.contains(':') && !address.is_empty();
    let ends = |whole: &str, end: &str| {
        let end = end.trim_start_matches(['.', '/']);
        let before = whole.strip_suffix(end);
        !end.is_empty() && before.is_some_and(|before| before.ends_with('/'))
    };
    (is_relative(reference) && ends(id, reference)) || (is_relative(id) && ends(reference, id))
}

fn schema_text<'v>(schema: &'v Value, key: &str) -> Option<&'v str> {
    schema.get(key)?.as_str()
}

fn find(root: &Value, wanted: impl Fn(&Value) -> bool) -> Option<&Value> {
    let mut pending = vec![root];
    for _ in 0..SEARCHED {
        let value = pending.pop()?;
        match value {
            Value::Object(map) => {
                if wanted(value) {
                    return Some(value);
                }
                pending.extend(map.values());
            }
            Value::Array(items) => pending.extend(items),
            _ => {}
        }
    }
    None
}

fn percent_decoded(text: &str) -> Cow<'_, str> {
    if !text.contains('%') {
        return Cow::Borrowed(text);
    }
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = (bytes[at] == b'%')
            .then(|| text.get(at + 1..at + 3))
            .flatten()
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        decoded.push(hex.unwrap_or(bytes[at]));
        at += if hex.is_some() { 3 } else { 1 };
    }
    String::from_utf8(decoded).map_or(Cow::Borrowed(text), Cow::Owned)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn every_form_of_reference_within_the_document_is_followed() {
        let root = json!({
            "$defs": {"a/b": {"title": "slash"}, "c%": {"$anchor": "here", "title": "anchor"}},
            "properties": {"x": {"items": [{"title": "item"}]}, "y": {"$id": "urn:y", "title": "id"}},
            "items": [
                {"$id": "schemas/z.json", "title": "relative"},
                {"$id": "https://example.com/w.json#", "$defs": {"v": {"title": "absolute"}}}
            ]
        });
        for (reference, title) in [
            ("#/$defs/a~1b", Some("slash")),
            ("#/%24defs/c%25", Some("anchor")),
            ("#here", Some("anchor")),
            ("#/properties/x/items/0", Some("item")),
            ("urn:y", Some("id")),
            ("urn:y#/title", None),
            ("https://example.com/schemas/z.json", Some("relative")),
            ("w.json#/$defs/v", Some("absolute")),
            ("./w.json#/$defs/v", Some("absolute")),
            ("json", None),
            ("#/nowhere", None),
            ("https://example.com/x.json", None),
            ("#%zz", None),
        ] {
            let found = resolve(&root, reference).and_then(|schema| schema.get("title")?.as_str());
            assert_eq!(found, title, "{reference}");
        }
        assert_eq!(resolve(&root, "#"), Some(&root));
    }
}
