//! JSON text that the decoder refuses, made decodable: numbers beyond its range,
//! halves of characters, nesting beyond its depth. Start at [`decode`].

use serde_json::Value;

/// Deepest object kept; one below it is empty.
const OBJECTS: usize = 120;
/// Deepest array kept: deeper than objects, so that a list of them is not emptied.
const ARRAYS: usize = 124;
/// The largest number there is.
const LARGEST: &str = "1.7976931348623157e308";

/// A value, and what had to be changed in it.
#[derive(Debug, PartialEq)]
pub(super) struct Decoded {
    pub(super) value: Value,
    /// `None` where it is as it came.
    pub(super) mended: Option<String>,
}

/// Decodes well-formed JSON text; `None` where it cannot be mended.
pub(super) fn decode(text: &str) -> Option<Decoded> {
    if let Ok(value) = serde_json::from_str(text) {
        return Some(Decoded {
            value,
            mended: None,
        });
    }
    let mut mending = Mending::default();
    mending.run(text);
    Some(Decoded {
        value: serde_json::from_str(&mending.written).ok()?,
        mended: Some(mending.said()),
    })
}

#[derive(Default)]
struct Mending {
    written: String,
    numbers: usize,
    halves: usize,
    emptied: usize,
}

impl Mending {
    fn run(&mut self, text: &str) {
        let mut rest = text;
        let mut depth = 0;
        while let Some(first) = rest.bytes().next() {
            let taken = match first {
                b'"' => self.string(rest),
                b'-' | b'0'..=b'9' => self.number(rest),
                b'{' | b'[' if depth >= if first == b'{' { OBJECTS } else { ARRAYS } => {
                    self.emptied += 1;
                    self.written
                        .push_str(if first == b'{' { "{}" } else { "[]" });
                    container(rest)
                }
                _ => {
                    match first {
                        b'{' | b'[' => depth += 1,
                        b'}' | b']' => depth = depth.saturating_sub(1),
                        _ => {}
                    }
                    let bytes = rest.chars().next().map_or(1, char::len_utf8);
                    self.written.push_str(&rest[..bytes]);
                    bytes
                }
            };
            rest = &rest[taken..];
        }
    }

    /// Copies a string and gives its length in the text.
    fn string(&mut self, text: &str) -> usize {
        let end = string(text);
        let mut rest = &text[..end];
        while let Some(at) = rest.find('\\') {
            let (before, escape) = rest.split_at(at);
            self.written.push_str(before);
            let taken = match (surrogate(escape), escape.get(6..).and_then(surrogate)) {
                (Some(0xd800..=0xdbff), Some(0xdc00..=0xdfff)) => 12,
                (Some(_), _) => {
                    self.halves += 1;
                    self.written.push_str("\\ufffd");
                    rest = &escape[6..];
                    continue;
                }
                (None, _) => 2.min(escape.len()),
            };
            self.written.push_str(&escape[..taken]);
            rest = &escape[taken..];
        }
        self.written.push_str(rest);
        end
    }

    fn number(&mut self, text: &str) -> usize {
        let is_part = |c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.' | 'e' | 'E');
        let end = text.find(|c| !is_part(c)).unwrap_or(text.len());
        let number = &text[..end];
        if number.parse::<f64>().is_ok_and(f64::is_infinite) {
            self.numbers += 1;
            self.written.extend(number.starts_with('-').then_some('-'));
            self.written.push_str(LARGEST);
        } else {
            self.written.push_str(number);
        }
        end
    }

    fn said(&self) -> String {
        let mut said = Vec::new();
        if self.emptied > 0 {
            said.push(format!("what is nested deeper than {OBJECTS} is left out"));
        }
        if self.numbers > 0 {
            said.push("numbers beyond all range are the largest there is".to_owned());
        }
        if self.halves > 0 {
            said.push("halves of characters are replaced".to_owned());
        }
        said.join(", ")
    }
}

/// The length of the string that `text` begins with.
fn string(text: &str) -> usize {
    let mut bytes = text.bytes().enumerate().skip(1);
    while let Some((at, byte)) = bytes.next() {
        match byte {
            b'\\' => {
                bytes.next();
            }
            b'"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// The length of the object or array that `text` begins with.
fn container(text: &str) -> usize {
    let mut depth = 0_usize;
    let mut at = 0;
    while let Some(byte) = text.as_bytes().get(at) {
        match byte {
            b'"' => {
                at += string(&text[at..]);
                continue;
            }
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth -= 1,
            _ => {}
        }
        at += 1;
        if depth == 0 {
            return at;
        }
    }
    text.len()
}

/// The half of a character that `text` begins with the escape of.
fn surrogate(text: &str) -> Option<u32> {
    let digits = text.strip_prefix("\\u")?.get(..4)?;
    let code = u32::from_str_radix(digits, 16).ok()?;
    (0xd800..=0xdfff).contains(&code).then_some(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str, said: &str) {
        let decoded = decode(text).unwrap();
        assert_eq!(decoded.value.to_string(), expected);
        assert_eq!(
            decoded.mended.as_deref(),
            Some(said).filter(|said| !said.is_empty())
        );
    }

    #[test]
    fn what_can_be_decoded_is_left_alone() {
        check(
            r#"{"a": "\ud83d\ude00 \\ud83d", "n": -1e30}"#,
            r#"{"a":"😀 \\ud83d","n":-1e+30}"#,
            "",
        );
    }

    #[test]
    fn halves_of_characters_are_replaced() {
        let said = "halves of characters are replaced";
        check(r#""cut \ud83d""#, "\"cut \u{fffd}\"", said);
        check(
            r#"["\ude00\ud83d\ude00", "\ud83d\ud83d\ude00", "\\\ud83d\"", "\ud83dü"]"#,
            "[\"\u{fffd}😀\",\"\u{fffd}😀\",\"\\\\\u{fffd}\\\"\",\"\u{fffd}ü\"]",
            said,
        );
    }

    #[test]
    fn numbers_beyond_all_range_are_the_largest() {
        let said = "numbers beyond all range are the largest there is";
        check(
            r#"{"maximum": 1e400, "minimum":-1E+999, "text": "1e400"}"#,
            r#"{"maximum":1.7976931348623157e+308,"minimum":-1.7976931348623157e+308,"text":"1e400"}"#,
            said,
        );
    }

    #[test]
    fn what_is_nested_too_deep_is_emptied() {
        for levels in [130, 100_000] {
            let text = format!(
                "{}\"]}}\"{}",
                "{\"a\":[".repeat(levels),
                "]}".repeat(levels)
            );
            let decoded = decode(&text).unwrap();
            assert_eq!(
                decoded.mended.unwrap(),
                "what is nested deeper than 120 is left out"
            );
            assert!(decoded.value.to_string().contains("[{}]"));
            let arrays = format!("{}{}", "[".repeat(levels), "]".repeat(levels));
            assert!(
                decode(&arrays)
                    .unwrap()
                    .value
                    .to_string()
                    .starts_with("[[[[")
            );
        }
    }

    #[test]
    fn what_is_no_json_stays_none() {
        for text in [
            "", "{", "\"", "\"\\", "{\"a\":}", "[1e400", "\\ud83d", "\"\\u12", "}}}", "nul",
        ] {
            assert_eq!(decode(text), None, "{text}");
        }
    }
}
