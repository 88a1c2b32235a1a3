//! Locales and options as the `Intl` constructors take them.

use boa_engine::object::builtins::JsArray;
use boa_engine::{Context, JsError, JsNativeError, JsObject, JsResult, JsString, JsValue};

/// Refuses every locale but English of the United States.
pub(super) fn check_locales(locales: &JsValue, context: &mut Context) -> JsResult<()> {
    if locales.is_undefined() {
        return Ok(());
    }
    known_locales(locales, context)?;
    Ok(())
}

/// The locales asked for, all of which must be English of the United States.
pub(super) fn known_locales(
    locales: &JsValue,
    context: &mut Context,
) -> JsResult<Vec<&'static str>> {
    let mut names = Vec::new();
    if let Some(name) = locales.as_string() {
        names.push(name.to_std_string_lossy());
    } else if let Some(object) = locales.as_object() {
        let list = JsArray::from_object(object)?;
        for at in 0..list.length(context)?.min(100) {
            let name = list.get(at, context)?;
            let name = name.as_string().ok_or_else(not_a_locale)?;
            names.push(name.to_std_string_lossy());
        }
    } else if locales.is_null() {
        return Err(not_a_locale());
    }
    names.iter().map(|name| known_locale(name)).collect()
}

fn known_locale(name: &str) -> JsResult<&'static str> {
    if name.eq_ignore_ascii_case("en") {
        return Ok("en");
    }
    if name.eq_ignore_ascii_case("en-US") {
        return Ok("en-US");
    }
    let shown: String = name.chars().take(40).collect();
    Err(JsNativeError::range()
        .with_message(format!("only the locale en-US is available, not `{shown}`"))
        .into())
}

fn not_a_locale() -> JsError {
    JsNativeError::typ()
        .with_message("Incorrect locale information provided")
        .into()
}

/// The second argument of a constructor.
pub(super) struct Options(Option<JsObject>);

impl Options {
    pub(super) fn new(value: &JsValue, context: &mut Context) -> JsResult<Self> {
        if value.is_undefined() {
            return Ok(Self(None));
        }
        Ok(Self(Some(value.to_object(context)?)))
    }

    /// An option as it is; `undefined` where there is none.
    pub(super) fn get(&self, key: &str, context: &mut Context) -> JsResult<JsValue> {
        match &self.0 {
            Some(object) => object.get(JsString::from(key), context),
            None => Ok(JsValue::undefined()),
        }
    }

    pub(super) fn text(&self, key: &str, context: &mut Context) -> JsResult<Option<String>> {
        let value = self.get(key, context)?;
        if value.is_undefined() {
            return Ok(None);
        }
        Ok(Some(value.to_string(context)?.to_std_string_lossy()))
    }

    pub(super) fn boolean(&self, key: &str, context: &mut Context) -> JsResult<Option<bool>> {
        let value = self.get(key, context)?;
        Ok((!value.is_undefined()).then(|| value.to_boolean()))
    }

    /// One of `choices`.
    pub(super) fn choice(
        &self,
        key: &str,
        choices: &[&'static str],
        context: &mut Context,
    ) -> JsResult<Option<&'static str>> {
        let Some(value) = self.text(key, context)? else {
            return Ok(None);
        };
        let chosen = choices.iter().find(|choice| **choice == value);
        chosen.map(|choice| Some(*choice)).ok_or_else(|| {
            let shown: String = value.chars().take(40).collect();
            let choices = choices.join("`, `");
            range(format!(
                "the option `{key}` is `{shown}`, not one of `{choices}`"
            ))
        })
    }

    /// A whole number from `from` to `to`.
    pub(super) fn integer(
        &self,
        key: &str,
        from: i32,
        to: i32,
        context: &mut Context,
    ) -> JsResult<Option<i32>> {
        let value = self.get(key, context)?;
        if value.is_undefined() {
            return Ok(None);
        }
        let number = value.to_number(context)?;
        if !(f64::from(from)..=f64::from(to)).contains(&number) {
            return Err(range(format!("{key} value is out of range.")));
        }
        Ok(Some(number.floor() as i32))
    }

    /// Refuses an option that is set to anything but `only`.
    pub(super) fn only(&self, key: &str, only: &[&str], context: &mut Context) -> JsResult<()> {
        match self.text(key, context)? {
            Some(value) if !only.contains(&value.as_str()) => {
                let shown: String = value.chars().take(40).collect();
                Err(range(format!(
                    "the option `{key}` cannot be `{shown}` here"
                )))
            }
            _ => Ok(()),
        }
    }
}

pub(super) fn range(message: String) -> JsError {
    JsNativeError::range().with_message(message).into()
}
