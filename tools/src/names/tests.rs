use super::*;

fn check(raw: &[&str], expected: &[&str]) {
    assert_eq!(assign(raw), expected);
}

#[test]
fn identifiers_stay_as_they_are() {
    check(
        &["list_issues", "$x", "_y", "camelCase"],
        &["list_issues", "$x", "_y", "camelCase"],
    );
}

#[test]
fn other_characters_become_underscores() {
    check(
        &["get-item", "a/b", "${name}", "é", "", "2fa", "sp ace"],
        &["get_item", "a_b", "$_name_", "_", "__2", "_2fa", "sp_ace"],
    );
}

#[test]
fn reserved_words_and_globals_are_followed_by_an_underscore() {
    check(
        &[
            "delete",
            "then",
            "console",
            "JSON",
            "results",
            "tools",
            "fetch",
            "__proto__",
        ],
        &[
            "delete_",
            "then_",
            "console_",
            "JSON_",
            "results_",
            "tools_",
            "fetch",
            "__proto___",
        ],
    );
}

#[test]
fn a_collision_gets_a_suffix_and_the_true_identifier_wins() {
    check(
        &["a-b", "a b", "a_b", "a/b", "a_b_2"],
        &["a_b_3", "a_b_4", "a_b", "a_b_5", "a_b_2"],
    );
}

#[test]
fn the_same_name_twice_is_told_apart() {
    check(
        &["x", "x", "x", "delete", "delete"],
        &["x", "x_2", "x_3", "delete_", "delete__2"],
    );
    assert_eq!(unique(&["a", "a", "a_2"]), ["a", "a_3", "a_2"]);
}

#[test]
fn ten_thousand_names_alike_are_quick() {
    let raw = vec!["same"; 10_000];
    let idents = assign(&raw);
    assert_eq!(idents[9_999], "same_10000");
}
