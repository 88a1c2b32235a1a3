//! How like two names are: what is taken for a slip of what. It knows nothing of
//! what the names are of.

/// Likeness from which a name or a value is taken for a slip of another.
const SLIP: f64 = 0.66;
/// How much of a name is compared, in letters and digits.
const COMPARED_CHARS: usize = 60;

/// The likest of `names`, if it is like enough to be what was meant.
pub(crate) fn likest<'n>(asked: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    names
        .map(|name| (likeness(asked, name), name))
        .filter(|(likeness, _)| *likeness >= SLIP)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, name)| name)
}

/// How like two names are: 1 where their letters and digits are the same.
pub(crate) fn likeness(one: &str, other: &str) -> f64 {
    strsim::normalized_damerau_levenshtein(&plain(one), &plain(other))
}

/// Whether `short` may be a shortening of `name`: its letters in their order,
/// the first one first (`gh` of `github`).
pub(crate) fn shortens(short: &str, name: &str) -> bool {
    let (short, name) = (plain(short), plain(name));
    let mut rest = name.chars();
    short.chars().count() >= 2
        && short.chars().next() == name.chars().next()
        && short
            .chars()
            .all(|letter| rest.any(|other| other == letter))
}

fn plain(name: &str) -> String {
    let letters = name
        .chars()
        .filter(|c| c.is_alphanumeric())
        .take(COMPARED_CHARS);
    letters.flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_found_and_another_word_is_not() {
        let names = ["list_issues", "get_issue", "search"];
        assert_eq!(likest("listIssue", names.into_iter()), Some("list_issues"));
        assert_eq!(likest("delete", names.into_iter()), None);
    }

    #[test]
    fn a_shortening_keeps_the_first_letter_and_the_order() {
        for (short, name, expected) in [
            ("gh", "github", true),
            ("GH", "github", true),
            ("pw", "playwright", true),
            ("hub", "github", false),
            ("g", "github", false),
            ("hg", "github", false),
        ] {
            assert_eq!(shortens(short, name), expected, "{short}");
        }
    }
}
