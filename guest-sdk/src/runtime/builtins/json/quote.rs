//! Strings as JSON literals, with lone surrogates escaped, so that the text is
//! always valid Unicode.

use boa_engine::string::{JsStr, JsStrVariant};

/// Appends `string` to `out`, in quotes.
pub(super) fn quote(string: JsStr<'_>, out: &mut String) {
    out.push('"');
    match string.variant() {
        JsStrVariant::Latin1(bytes) => latin1(bytes, out),
        JsStrVariant::Utf16(units) => {
            for decoded in char::decode_utf16(units.iter().copied()) {
                match decoded {
                    Ok(char) => push(char, out),
                    Err(lone) => escape(lone.unpaired_surrogate(), out),
                }
            }
        }
    }
    out.push('"');
}

fn latin1(bytes: &[u8], out: &mut String) {
    let mut rest = bytes;
    while !rest.is_empty() {
        let plain = rest
            .iter()
            .position(|&byte| !matches!(byte, b' '..=b'~') || matches!(byte, b'"' | b'\\'))
            .unwrap_or(rest.len());
        let (run, after) = rest.split_at(plain);
        out.push_str(std::str::from_utf8(run).expect("the run is ASCII"));
        let Some((&byte, after)) = after.split_first() else {
            return;
        };
        push(char::from(byte), out);
        rest = after;
    }
}

fn push(char: char, out: &mut String) {
    match char {
        '"' => out.push_str("\\\""),
        '\\' => out.push_str("\\\\"),
        '\u{8}' => out.push_str("\\b"),
        '\u{C}' => out.push_str("\\f"),
        '\n' => out.push_str("\\n"),
        '\r' => out.push_str("\\r"),
        '\t' => out.push_str("\\t"),
        '\0'..='\u{1F}' => escape(char as u16, out),
        char => out.push(char),
    }
}

fn escape(unit: u16, out: &mut String) {
    out.push_str("\\u");
    for shift in [12, 8, 4, 0] {
        let digit = u32::from(unit >> shift & 0xF);
        out.push(char::from_digit(digit, 16).expect("four bits are one digit"));
    }
}
