//! Other people's prose, made fit for one line: shared by rows, comments and
//! messages. It knows nothing of schemas or tools.

/// `1 tool`, `2 tools`.
pub(crate) fn counted(count: usize, what: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {what}{plural}")
}

/// The first sentence of `text` on one line, without its full stop, cut to
/// `max_chars`.
pub(crate) fn first_sentence(text: &str, max_chars: usize) -> String {
    let paragraph = one_line(first_paragraph(text), max_chars * 4);
    let end = sentence_end(&paragraph).unwrap_or(paragraph.len());
    let sentence = paragraph[..end].trim_end_matches(['.', ' ', ':']);
    cut_at_word(sentence, max_chars)
}

/// `text` with every run of white space and control characters as one space,
/// cut to about `max_chars`.
pub(crate) fn one_line(text: &str, max_chars: usize) -> String {
    let mut line = String::new();
    let blank = |c: char| c.is_whitespace() || c.is_control();
    for word in text.split(blank).filter(|word| !word.is_empty()) {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
        if line.len() > max_chars * 4 {
            break;
        }
    }
    cut_at_word(&line, max_chars)
}

/// The lines of `text` that say something, without control characters: what a
/// server says must not move a terminal's cursor or end a comment's line.
pub(crate) fn lines(text: &str) -> Vec<String> {
    text.split(['\n', '\r', '\u{2028}', '\u{2029}'])
        .map(|line| line.replace(|c: char| c.is_control() && c != '\t', ""))
        .filter(|line| !line.trim().is_empty())
        .collect()
}

/// At most `max_chars` characters, cut between words where there are some.
pub(crate) fn cut_at_word(text: &str, max_chars: usize) -> String {
    let Some((end, _)) = text.char_indices().nth(max_chars) else {
        return text.to_owned();
    };
    let head = &text[..end];
    let at = match head.rfind(' ') {
        Some(space) if space > end / 2 => space,
        _ => end,
    };
    format!("{}…", head[..at].trim_end_matches([',', ';', ' ']))
}

/// Up to the first blank line, list, heading or line that announces one.
fn first_paragraph(text: &str) -> &str {
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || c == '#' || c == '*');
    let mut end = 0;
    for line in text.split_inclusive(['\n', '\r', '\u{2028}', '\u{2029}']) {
        let words = line.trim();
        let opens_block = words.starts_with(['-', '*', '#', '|', '`', '•', '<'])
            || words.starts_with(|c: char| c.is_ascii_digit())
            || matches!(words, "Args:" | "Arguments:" | "Parameters:" | "Returns:");
        if end > 0 && (words.is_empty() || opens_block) {
            break;
        }
        end += line.len();
        if end > 4_096 {
            break;
        }
    }
    &text[..end]
}

/// Where the first sentence of one line ends.
fn sentence_end(line: &str) -> Option<usize> {
    for (at, c) in line.char_indices() {
        let after = at + c.len_utf8();
        match c {
            '。' | '！' | '？' => return Some(at),
            '.' | '!' | '?' if line[after..].starts_with(' ') => {
                let word = line[..at].rsplit([' ', '(']).next().unwrap_or("");
                let abbreviates = c == '.'
                    && (word.chars().count() == 1
                        || matches!(
                            word,
                            "e.g"
                                | "i.e"
                                | "etc"
                                | "vs"
                                | "cf"
                                | "approx"
                                | "No"
                                | "Eg"
                                | "eg"
                                | "ie"
                                | "incl"
                        ));
                if !abbreviates {
                    return Some(if c == '.' { at } else { after });
                }
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests;
