//! Which servers a script may use, told from its text alone.
//!
//! Only decides what a run waits for while servers are starting: naming too
//! many costs a wait, naming too few would run against a catalogue that is not
//! complete. The source is not parsed; a word in a comment counts.

/// A server as a script can name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ServerName<'a> {
    /// As configured.
    pub name: &'a str,
    /// As a JavaScript identifier.
    pub ident: &'a str,
}

/// Globals through which any server can be reached.
const REACH_ALL: [&str; 5] = [
    "searchTools",
    "describeTools",
    "globalThis",
    "eval",
    "Function",
];
/// Globals that are followed by the server they are used for.
const REACH_NAMED: [&str; 2] = ["tools", "callTool"];

/// The configured names, out of `candidates`, that `source` may use.
/// `all` are the servers a name may belong to.
pub(super) fn servers_named(
    source: &str,
    candidates: &[ServerName<'_>],
    all: &[ServerName<'_>],
) -> Vec<String> {
    let reaches_any = REACH_ALL
        .iter()
        .any(|global| words(source, global).next().is_some())
        || REACH_NAMED.iter().any(|global| {
            words(source, global).any(|(_, after)| {
                let next = following_name(after);
                !all.iter()
                    .any(|server| next == server.name || next == server.ident)
            })
        });
    let is_named = |server: &ServerName<'_>| {
        words(source, server.ident).next().is_some() || words(source, server.name).next().is_some()
    };
    candidates
        .iter()
        .filter(|server| reaches_any || is_named(server))
        .map(|server| server.name.to_owned())
        .collect()
}

/// Where `word` stands in `source` as a whole word: what is before and after it.
fn words<'a>(source: &'a str, word: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
    let is_part = |character: char| character.is_alphanumeric() || matches!(character, '_' | '$');
    let found = (!word.is_empty())
        .then(|| source.match_indices(word))
        .into_iter()
        .flatten();
    found
        .map(|(start, _)| (&source[..start], &source[start + word.len()..]))
        .filter(move |(before, after)| !before.ends_with(is_part) && !after.starts_with(is_part))
}

/// The name in `.name`, `?.name`, `["name"]` or `("name"`; empty if there is none.
fn following_name(after: &str) -> &str {
    let after = after.trim_start();
    let after = after.strip_prefix("?.").unwrap_or(after).trim_start();
    if let Some(rest) = after.strip_prefix(['[', '(']) {
        let rest = rest.trim_start();
        let Some(quote) = rest
            .chars()
            .next()
            .filter(|first| matches!(first, '"' | '\'' | '`'))
        else {
            return "";
        };
        return rest[1..].split_once(quote).map_or("", |(name, _)| name);
    }
    let after = after.strip_prefix('.').unwrap_or(after).trim_start();
    let end = after
        .find(|character: char| !character.is_alphanumeric() && !matches!(character, '_' | '$'));
    &after[..end.unwrap_or(after.len())]
}

#[cfg(test)]
mod tests {
    use super::*;

    const GITHUB: ServerName<'_> = ServerName {
        name: "github",
        ident: "github",
    };
    const MAIL: ServerName<'_> = ServerName {
        name: "my-mail",
        ident: "my_mail",
    };
    const READY: ServerName<'_> = ServerName {
        name: "files",
        ident: "files",
    };

    fn check(source: &str, expected: &[&str]) {
        assert_eq!(
            servers_named(source, &[GITHUB, MAIL], &[GITHUB, MAIL, READY]),
            expected,
            "{source}"
        );
    }

    #[test]
    fn namespaces_and_raw_names_count() {
        check("return 1 + 1", &[]);
        check("return await github.list_issues({})", &["github"]);
        check(
            "await my_mail.send({}); await github.x()",
            &["github", "my-mail"],
        );
        check("const {github: g} = tools.files", &["github"]);
    }

    #[test]
    fn parts_of_words_do_not() {
        check("const mygithub = 1, github2 = 2, github$ = 3", &[]);
    }

    #[test]
    fn tools_means_the_server_it_is_followed_by() {
        check("tools.github.list()", &["github"]);
        check("tools['my-mail'].send()", &["my-mail"]);
        check("tools . files.read()", &[]);
        check("tools?.files", &[]);
        check("callTool(\"my-mail\", 'send')", &["my-mail"]);
        check("callTool(`files`, 'read')", &[]);
    }

    #[test]
    fn what_can_reach_any_server_waits_for_all() {
        for source in [
            "Object.keys(tools)",
            "tools[name]",
            "tools.mail.x()",
            "callTool(server, tool)",
            "await searchTools('x')",
            "for (const s in globalThis) {}",
        ] {
            check(source, &["github", "my-mail"]);
        }
    }
}
