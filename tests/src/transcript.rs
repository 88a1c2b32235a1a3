//! What a client saw, written down so that two runs give the same text.
//!
//! Left out is only what differs from run to run: how long calls took, how much
//! time or memory was used when a limit was reached, the size of a line that
//! holds a request's number, and the numbers of kept results. What was allowed
//! stays. A case holds numbers that are left out against bounds by `@number`.

use std::fmt::Write as _;

use crate::client::ToolResult;

/// The transcript of an answer.
pub fn of(result: &ToolResult) -> String {
    let mut text = String::from(if result.is_error { "error\n" } else { "ok\n" });
    for block in &result.blocks {
        text.push_str("---\n");
        if let Some(content) = block["text"].as_str() {
            text.push_str(&without_accidents(&shortened(content)));
        } else {
            let size = block["data"].as_str().map_or(0, str::len);
            let kind = block["type"].as_str().unwrap_or("no type");
            let _ = write!(text, "[{kind} {} of {size} characters]", block["mimeType"]);
        }
        if !text.ends_with('\n') {
            text.push('\n');
        }
    }
    text
}

/// An answer without the line of the script that an error quotes, and that line.
pub fn without_quoted_line(answer: &str) -> (String, String) {
    let is_position = |line: &str| {
        let place = line
            .strip_prefix("at ")
            .and_then(|rest| rest.split_once(':'));
        place.is_some_and(|(row, column)| {
            row.parse::<u32>().is_ok() && column.parse::<u32>().is_ok()
        })
    };
    let mut kept = String::with_capacity(answer.len());
    let mut quoted = String::new();
    let mut after_position = false;
    for line in answer.split_inclusive('\n') {
        let begins_quote = after_position && line.starts_with("  ");
        let target = if begins_quote { &mut quoted } else { &mut kept };
        target.push_str(line);
        after_position = is_position(line.trim_end());
    }
    (kept, quoted)
}

/// Long texts are compared by their ends and their length.
fn shortened(text: &str) -> String {
    const SHOWN: usize = 1500;
    let count = text.chars().count();
    if count <= 2 * SHOWN {
        return text.to_owned();
    }
    let start: String = text.chars().take(SHOWN).collect();
    let end: String = text.chars().skip(count - SHOWN).collect();
    format!("{start}\n[… {count} characters in all …]\n{end}")
}

fn without_accidents(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        let (before, number_on) = rest.split_at(at);
        clean.push_str(before);
        let end = number_on
            .find(|c: char| !c.is_ascii_digit() && c != '.')
            .unwrap_or(number_on.len());
        let (number, after) = number_on.split_at(end);
        let follows = |words: &[&str]| words.iter().any(|word| clean.ends_with(word));
        // The unit goes too: what took 999 ms may take 1 s.
        let time = after_time_unit(after).filter(|after| {
            follows(&[") after ", "in flight for ", "done, "])
                || follows(&[" allowed, ", " for a run, "]) && after.starts_with(" used")
        });
        let is_needed = [" MiB needed", " MiB are left"]
            .iter()
            .any(|words| after.starts_with(words));
        let is_line_size = number.len() >= 8 && follows(&["` has "]);
        let is_result = clean
            .strip_suffix('r')
            .is_some_and(|before| !before.ends_with(|c: char| c.is_alphanumeric() || c == '_'));
        let left_out = time.is_some() || is_needed || is_line_size || is_result;
        clean.push_str(if left_out { "_" } else { number });
        rest = time.unwrap_or(after);
    }
    clean.push_str(rest);
    clean
}

fn after_time_unit(text: &str) -> Option<&str> {
    let text = text.strip_prefix(' ')?;
    let after = text.strip_prefix("ms").or_else(|| text.strip_prefix('s'))?;
    (!after.starts_with(|c: char| c.is_alphanumeric())).then_some(after)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accidents_are_left_out() {
        let check = |text: &str, wanted: &str| assert_eq!(without_accidents(text), wanted);
        check("done, 12 ms, 3 bytes", "done, _, 3 bytes");
        check(
            "failed (timeout) after 1.5 s: no",
            "failed (timeout) after _: no",
        );
        check(
            "time limit reached: 1.5 s allowed for a run, 1.6 s used",
            "time limit reached: 1.5 s allowed for a run, _ used",
        );
        check(
            "within 0.5 s, 4 seconds, abc12 ms",
            "within 0.5 s, 4 seconds, abc12 ms",
        );
        check(
            "256 MiB allowed, 258.9 MiB needed",
            "256 MiB allowed, _ MiB needed",
        );
        check(
            "the value has 20971522 bytes",
            "the value has 20971522 bytes",
        );
        check("of `a.b` has 52428912 bytes", "of `a.b` has _ bytes");
        check("kept as r12: (\"r3\") for4", "kept as r_: (\"r_\") for4");
    }

    #[test]
    fn the_quoted_line_is_told_apart() {
        let answer = "Error: x\nat 3:7\n  throw me\n        ^\nhint: y";
        let (kept, quoted) = without_quoted_line(answer);
        assert_eq!((kept.contains("throw"), quoted.trim()), (false, "throw me"));
        assert!(kept.ends_with("hint: y"));
    }
}
