//! What is wrong with a JSON text, in the words in which V8 says it: agents
//! have seen those messages a million times and scripts match on them.

use std::fmt::Write as _;

/// A fault at a position, counted in UTF-16 units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct SyntaxFault {
    pub(super) kind: FaultKind,
    pub(super) at: usize,
}

/// The kinds of fault that V8 tells apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FaultKind {
    /// Something that cannot stand here, or the end of the text.
    Unexpected,
    PropertyNameOrBrace,
    DoubleQuotedPropertyName,
    Colon,
    CommaOrBracket,
    CommaOrBrace,
    UnterminatedString,
    ControlCharacter,
    Escape,
    UnicodeEscape,
    MinusSign,
    Fraction,
    Exponent,
    LeadingZero,
    Trailing,
}

/// Units of context on either side of an unexpected character.
const CONTEXT: usize = 10;

impl SyntaxFault {
    /// The message for this fault in `source`.
    pub(super) fn message(self, source: &[u16]) -> String {
        let what = match self.kind {
            FaultKind::Unexpected => return unexpected(source, self.at),
            FaultKind::PropertyNameOrBrace => "Expected property name or '}' in JSON",
            FaultKind::DoubleQuotedPropertyName => "Expected double-quoted property name in JSON",
            FaultKind::Colon => "Expected ':' after property name in JSON",
            FaultKind::CommaOrBracket => "Expected ',' or ']' after array element in JSON",
            FaultKind::CommaOrBrace => "Expected ',' or '}' after property value in JSON",
            FaultKind::UnterminatedString => "Unterminated string in JSON",
            FaultKind::ControlCharacter => "Bad control character in string literal in JSON",
            FaultKind::Escape => "Bad escaped character in JSON",
            FaultKind::UnicodeEscape => "Bad Unicode escape in JSON",
            FaultKind::MinusSign => "No number after minus sign in JSON",
            FaultKind::Fraction => "Unterminated fractional number in JSON",
            FaultKind::Exponent => "Exponent part is missing a number in JSON",
            FaultKind::LeadingZero => "Unexpected number in JSON",
            FaultKind::Trailing => "Unexpected non-whitespace character after JSON",
        };
        format!("{what} at position {}", self.at)
    }
}

fn unexpected(source: &[u16], at: usize) -> String {
    let Some(&unit) = source.get(at) else {
        return "Unexpected end of JSON input".to_owned();
    };
    match char::from_u32(u32::from(unit)) {
        Some('0'..='9' | '-') => return format!("Unexpected number in JSON at position {at}"),
        Some('"') => return format!("Unexpected string in JSON at position {at}"),
        _ => {}
    }
    let text = |units: &[u16]| String::from_utf16_lossy(units);
    let whole = text(source);
    // What `String(value)` gives for values that are no JSON text at all.
    if matches!(
        whole.as_str(),
        "undefined" | "NaN" | "Infinity" | "[object Object]"
    ) {
        return format!("\"{whole}\" is not valid JSON");
    }
    let end = source.len();
    let pair = text(&source[at..end.min(at + 2)]);
    let token = pair.chars().next().unwrap_or(char::REPLACEMENT_CHARACTER);
    let mut message = format!("Unexpected token '{token}', ");
    let context = if end <= 2 * CONTEXT {
        format!("\"{whole}\"")
    } else if at < CONTEXT {
        format!("\"{}\"...", text(&source[..at + CONTEXT]))
    } else if at < end - CONTEXT {
        format!("...\"{}\"...", text(&source[at - CONTEXT..at + CONTEXT]))
    } else {
        format!("...\"{}\"", text(&source[at - CONTEXT..]))
    };
    let _ = write!(message, "{context} is not valid JSON");
    message
}
