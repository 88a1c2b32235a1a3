//! The steps that a query names: "find the issue, then post to Slack" is two.
//!
//! A query is cut where words say that something else comes next, and where a list
//! goes on with another verb; all steps must be orders, or it is prose. It knows no tools. Start at [`split`].

use super::verbs::is_verb;
use super::words::{Words, chunks};

/// More steps than this are no plan but prose, and stay together.
const MOST: usize = 5;
/// What says by itself that another step follows.
const THEN: [&str; 8] = [
    "and then",
    "then",
    "after that",
    "afterwards",
    "followed by",
    "and finally",
    "finally",
    "and afterwards",
];
/// What may join two steps or two things.
const AND: [&str; 3] = ["and also", "and", "&"];

/// What may stand before the verb of an order.
const COURTESY: [&str; 6] = ["please", "first", "also", "next", "now", "just"];

/// The steps in their order; the whole query where it names but one.
pub(super) fn split(query: &str) -> Vec<&str> {
    let mut steps = Vec::new();
    for sentence in query.split(['\n', ';']).flat_map(sentences) {
        clauses(sentence, &mut steps);
    }
    steps.retain(|step| has_content(step));
    let orders = steps.iter().all(|step| is_order(step));
    if steps.len() < 2 || steps.len() > MOST || !orders {
        return vec![query];
    }
    steps
}

/// Cut after `.`, `!` and `?` before a blank.
fn sentences(text: &str) -> Vec<&str> {
    let mut sentences = Vec::new();
    let mut start = 0;
    for (at, mark) in text.match_indices(['.', '!', '?']) {
        let end = at + mark.len();
        if text[end..].starts_with(' ') && at > start + 3 {
            sentences.push(&text[start..end]);
            start = end;
        }
    }
    sentences.push(&text[start..]);
    sentences
}

/// Cuts a sentence before words that begin another step.
fn clauses<'a>(sentence: &'a str, steps: &mut Vec<&'a str>) {
    let mut start = 0;
    let mut from = 0;
    while let Some((at, next)) = joint(sentence, from) {
        let (before, after) = (&sentence[start..at], &sentence[next..]);
        let strict = sentence[at..next].split_whitespace().any(|word| {
            let word = word.trim_matches(',');
            THEN.contains(&word) || matches!(word, "after" | "followed")
        });
        let acts = |text: &str| chunks(text).next().is_some_and(is_verb);
        if strict || (acts(after) && chunks(before).any(is_verb)) {
            steps.push(before);
            start = next;
        }
        from = next;
    }
    steps.push(&sentence[start..]);
}

/// The next words that may join two steps: where they begin and end.
fn joint(sentence: &str, from: usize) -> Option<(usize, usize)> {
    let blank = |at: usize| sentence[at..].starts_with([' ', ',']);
    sentence[from..]
        .char_indices()
        .map(|(at, _)| from + at)
        .find_map(|at| {
            let begins = at == 0 || (blank(at) && at > from);
            if !begins {
                return None;
            }
            let rest = sentence[at..].trim_start_matches([',', ' ']);
            let comma = sentence[at..].starts_with(',');
            let first = sentence.len() - rest.len();
            let joined = THEN.iter().chain(&AND).find_map(|words| {
                let head = rest.get(..words.len())?;
                let end = first + words.len();
                let whole = sentence.len() == end || blank(end);
                (head.eq_ignore_ascii_case(words) && whole).then_some(end)
            });
            match joined {
                Some(end) => Some((at, end)),
                None => comma.then_some((at, first)),
            }
        })
}

/// Whether a text begins with a verb, as an order does.
fn is_order(text: &str) -> bool {
    let first = chunks(text).find(|word| !COURTESY.contains(&&*word.to_lowercase()));
    first.is_some_and(is_verb)
}

/// Whether a text has a word that says something.
fn has_content(text: &str) -> bool {
    let words = Words::new();
    chunks(text).any(|chunk| {
        let mut says = false;
        words.parts(chunk, |_, _| says = true);
        says
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(query: &str, expected: &[&str]) {
        let trim = |step: &str| step.trim_matches([' ', ',', '.']).to_owned();
        let steps: Vec<String> = split(query).into_iter().map(trim).collect();
        assert_eq!(steps, expected);
    }

    #[test]
    fn words_that_say_what_comes_next_begin_a_step() {
        check(
            "find the issue, then post to Slack",
            &["find the issue", "post to Slack"],
        );
        check(
            "Read the sheet and then email the totals; finally archive it",
            &["Read the sheet", "email the totals", "archive it"],
        );
        check(
            "List open pull requests. Post a summary to the channel.",
            &["List open pull requests", "Post a summary to the channel"],
        );
    }

    #[test]
    fn a_list_is_cut_only_before_another_verb() {
        check(
            "create a branch and open a pull request",
            &["create a branch", "open a pull request"],
        );
        check("list branches and tags", &["list branches and tags"]);
        check(
            "search issues, comments and files",
            &["search issues, comments and files"],
        );
        check("weather then", &["weather then"]);
    }

    #[test]
    fn prose_stays_together_and_no_text_panics() {
        let long = "Do this. ".repeat(20);
        assert_eq!(split(&long), [&*long]);
        for odd in ["", ",", " then then ", "ä, ü. É! ", "and", ",,, and ,"] {
            assert!(!split(odd).is_empty(), "{odd:?}");
        }
    }
}
