//! Values as text for a reader, laid out as Node does it.
//!
//! Runs no script code: getters are named, not called, and proxies not entered.
//! The text is bounded by [`MAX_TEXT`], whatever the value. Start at [`inspect`].

mod facts;
mod layout;
mod object;

use std::fmt::Write;

use boa_engine::{Context, JsObject, JsString, JsSymbol, JsValue, JsVariant};

/// No text is much longer than this.
pub(crate) const MAX_TEXT: usize = 16 << 10;
/// Strings inside objects are cut here.
const MAX_STRING: usize = 10_000;
/// Elements of a collection that are shown.
const MAX_ELEMENTS: usize = 100;

/// The text of `value`, nested down to `depth`; a string is quoted.
pub(crate) fn inspect(value: &JsValue, depth: usize, context: &mut Context) -> String {
    let mut inspector = Inspector {
        max_depth: depth,
        left: MAX_TEXT,
        indent: 0,
        deepest: 0,
        path: Vec::new(),
        circular: Vec::new(),
    };
    inspector.value(value, 0, context)
}

/// The text of a number as `console` prints it: like `String(x)`, but `-0`.
pub(crate) fn number(number: f64, context: &mut Context) -> String {
    if number == 0.0 && number.is_sign_negative() {
        return "-0".to_owned();
    }
    match JsValue::from(number).to_string(context) {
        Ok(text) => text.to_std_string_lossy(),
        Err(_) => number.to_string(),
    }
}

/// The text of a symbol: `Symbol(description)`.
pub(crate) fn symbol(symbol: &JsSymbol) -> String {
    let description = symbol.description().unwrap_or_default();
    format!("Symbol({})", description.to_std_string_lossy())
}

/// A string in quotes, in those that need no escapes if there are such.
pub(crate) fn quote(text: &str) -> String {
    let quote = ['\'', '"', '`']
        .into_iter()
        .find(|quote| !text.contains(*quote))
        .unwrap_or('\'');
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push(quote);
    for letter in text.chars() {
        match letter {
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            '\r' => quoted.push_str("\\r"),
            '\u{8}' => quoted.push_str("\\b"),
            '\u{b}' => quoted.push_str("\\v"),
            '\u{c}' => quoted.push_str("\\f"),
            '\\' => quoted.push_str("\\\\"),
            letter if letter == quote => {
                quoted.push('\\');
                quoted.push(letter);
            }
            letter if letter.is_control() => {
                // Writing to a string cannot fail.
                let _ = write!(quoted, "\\x{:02X}", letter as u32);
            }
            letter => quoted.push(letter),
        }
    }
    quoted.push(quote);
    quoted
}

/// One call of [`inspect`].
struct Inspector {
    max_depth: usize,
    /// Bytes that may still be written; nothing is entered once it is 0.
    left: usize,
    indent: usize,
    /// Depth of the object entered last: decides what fits on one line.
    deepest: usize,
    path: Vec<JsObject>,
    circular: Vec<JsObject>,
}

impl Inspector {
    fn value(&mut self, value: &JsValue, depth: usize, context: &mut Context) -> String {
        let text = match value.variant() {
            JsVariant::Null => "null".to_owned(),
            JsVariant::Undefined => "undefined".to_owned(),
            JsVariant::Boolean(value) => value.to_string(),
            JsVariant::String(text) => quoted_and_cut(&text),
            JsVariant::Float64(value) => number(value, context),
            JsVariant::Integer32(value) => value.to_string(),
            JsVariant::BigInt(value) => format!("{value}n"),
            JsVariant::Symbol(value) => symbol(&value),
            // Bytes of an object are counted where they are written: at its leaves.
            JsVariant::Object(object) => return self.object(&object, depth, context),
        };
        self.left = self.left.saturating_sub(text.len() + 2);
        text
    }
}

fn quoted_and_cut(text: &JsString) -> String {
    if text.len() <= MAX_STRING {
        return quote(&text.to_std_string_lossy());
    }
    let more = text.len() - MAX_STRING;
    let kept = text.slice(0, MAX_STRING).to_std_string_lossy();
    format!("{}... {more} more characters", quote(&kept))
}
