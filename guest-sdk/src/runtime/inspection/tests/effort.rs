use super::super::work::{LAST, MAX_WORK};
use super::inspect;

/// As long as a script may be.
const LONGEST: usize = 256 << 10;

/// What is spent on a source, and whether it was too much.
fn effort(source: &str) -> (usize, bool) {
    let found = inspect(source);
    let is_incomplete = found.is_ok_and(|found| found.incomplete);
    (LAST.get(), is_incomplete)
}

/// `head`, and then `unit` with its number for `#` as often as there is room.
fn filled(head: &str, unit: &str) -> String {
    let mut source = head.to_owned();
    for number in 0.. {
        let next = unit.replace('#', &number.to_string());
        if source.len() + next.len() > LONGEST {
            break;
        }
        source.push_str(&next);
    }
    source
}

/// Checks that a source ends inspection, and soon after what may be spent was spent.
#[track_caller]
fn check_hard(source: &str) {
    let (spent, is_incomplete) = effort(source);
    let shown = &source[..source.len().min(60)];
    assert!(is_incomplete, "`{shown}` cost {spent} and was inspected");
    assert!(spent > MAX_WORK, "`{shown}` cost only {spent}");
    assert!(spent < MAX_WORK * 5 / 2, "`{shown}` cost {spent}");
}

#[test]
fn functions_with_many_callers_are_given_up() {
    let functions = "({async a(){gh.x()}});".repeat(4500);
    check_hard(&filled(&functions, "o.a();"));
    let functions = "({a(){gh.x()}});".repeat(5500);
    check_hard(&filled(&functions, "o.a;"));
    let getters = "({get a(){return gh.x()}});".repeat(3800);
    check_hard(&filled(&getters, "z.a;"));
    check_hard(&filled("", "class C#{a(){return gh.x()}}new C#().a();"));
    check_hard(&filled("", "({a(){gh.x()}});{const {a}=o;a()}"));
}

#[test]
fn long_lists_that_are_asked_over_and_over_are_given_up() {
    let names: Vec<String> = (0..15_000).map(|number| format!("a{number}")).collect();
    let names = names.join(",");
    let taken = format!("const {{{names}}}=await gh.x({{}});");
    check_hard(&filled(&taken, "!a14#;"));
    check_hard(&filled(&format!("enum E{{{names}}}"), "gh.x(E.a14999);"));
    check_hard(&filled("const o={l:[]};", "o.l.push(gh.x());o.l[0].x;"));
    check_hard(&filled("", &format!("{}this;", "this+".repeat(2900))));
}

#[test]
fn names_and_wrappers_that_nobody_writes_are_given_up() {
    let name = "L".repeat(1_000);
    check_hard(&format!("const t=gh.{name};t();"));
    check_hard(&format!("const t=gh.x;t{}();", "!".repeat(100)));
}

#[test]
fn a_variable_that_is_named_over_and_over_costs_one_look() {
    let arguments = "x,".repeat(4_900);
    let source = filled(&format!("const x=1;gh.x({{a:[{arguments}]}});"), "x;");
    let (spent, _) = effort(&source);
    assert!(spent < MAX_WORK / 4, "{spent}");
}

#[test]
fn an_ordinary_script_costs_little() {
    let unit = "const r# = await gh.list({ page: # });
for (const item of r#.items) { if (item.ok) console.log(item.name, r#.total) }
const f# = async (id) => (await gh.get({ id })).title; await Promise.all(r#.items.map((one) => f#(one.id)));
";
    let source: String = (0..50).map(|n| unit.replace('#', &n.to_string())).collect();
    let (spent, is_incomplete) = effort(&source);
    assert!(!is_incomplete && spent < MAX_WORK / 20, "{spent}");
}
