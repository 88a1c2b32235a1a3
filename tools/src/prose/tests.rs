use super::*;

fn check(text: &str, expected: &str) {
    assert_eq!(first_sentence(text, 60), expected);
}

#[test]
fn the_first_sentence_is_taken() {
    check("Lists issues. Takes a page.", "Lists issues");
    check("Lists issues\n\nArgs:\n  page", "Lists issues");
    check("  Lists\n   issues\n- one\n- two", "Lists issues");
    check(
        "Converts files, e.g. a PDF. More.",
        "Converts files, e.g. a PDF",
    );
    check("Version 1.2.3 of x.y. More", "Version 1.2.3 of x.y");
    check("# Title\n\nText.", "Title");
    check("列出问题。更多。", "列出问题");
    check("Why? Because.", "Why?");
    check("", "");
}

#[test]
fn a_long_sentence_is_cut_between_words() {
    check(
        "It does a great many things that nobody would ever want to read about",
        "It does a great many things that nobody would ever want to…",
    );
    assert_eq!(cut_at_word(&"x".repeat(100), 5), "xxxxx…");
}

#[test]
fn line_breaks_of_every_kind_are_gone() {
    assert_eq!(one_line("a\u{2028}b\r\nc\u{0}d\u{85}e", 60), "a b c d e");
}

#[test]
fn lines_have_no_control_characters() {
    assert_eq!(
        lines("a\u{1b}[31mb\n\n \r\nc\u{2028}d"),
        ["a[31mb", "c", "d"]
    );
}
