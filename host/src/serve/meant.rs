//! Which servers a name is about, whether or not their tools are known yet.

use retort_tools::{Catalog, Server, ServerState};

/// Servers named in one message.
const SHOWN: usize = 20;

/// The servers that names of tools or servers begin with; `None` if one of the
/// names says no server, so that any may be meant.
pub(super) fn servers_meant(catalog: &Catalog, names: &[String]) -> Option<Vec<String>> {
    let mut servers = Vec::new();
    for asked in names {
        let before = servers.len();
        let meant = catalog
            .servers()
            .iter()
            .filter(|server| rest(server, asked).is_some());
        servers.extend(meant.map(|server| server.name.clone()));
        if servers.len() == before {
            return None;
        }
    }
    Some(servers)
}

/// The names of a server that is not running and of a tool it may have: calling
/// it starts the server again.
pub(super) fn in_stopped_server(catalog: &Catalog, asked: &str) -> Option<(String, String)> {
    let stopped =
        |server: &&Server| !matches!(server.state, ServerState::Ready | ServerState::Disabled);
    catalog.servers().iter().filter(stopped).find_map(|server| {
        let tool = rest(server, asked).filter(|tool| !tool.is_empty())?;
        Some((server.name.clone(), tool.to_owned()))
    })
}

/// What follows the server's name in `asked`, if that begins with it.
fn rest<'a>(server: &Server, asked: &'a str) -> Option<&'a str> {
    let asked = asked.trim();
    let asked = ["tools.", "mcp__"]
        .iter()
        .find_map(|prefix| asked.strip_prefix(prefix))
        .unwrap_or(asked);
    [&server.name, &server.ident].iter().find_map(|name| {
        let rest = asked.strip_prefix(name.as_str())?;
        let separated = [".", "/", ":", "__"]
            .iter()
            .find_map(|mark| rest.strip_prefix(mark));
        separated.or(rest.is_empty().then_some(rest))
    })
}

/// The message for a server that is not configured.
pub(crate) fn unknown_server(catalog: &Catalog, asked: &str) -> String {
    let names: Vec<_> = catalog
        .servers()
        .iter()
        .map(|server| server.name.clone())
        .collect();
    match crate::config::nearest(asked, &names) {
        Some(near) => format!("there is no server `{asked}`; did you mean `{near}`?"),
        None => format!(
            "there is no server `{asked}`; the servers are {}",
            crate::config::listed(&names[..names.len().min(SHOWN)])
        ),
    }
}

#[cfg(test)]
mod tests {
    use retort_tools::ServerListing;

    use super::*;

    fn catalog(state: ServerState) -> Catalog {
        let listing = |name: &str| ServerListing {
            name: name.to_owned(),
            state: state.clone(),
            instructions: None,
            tools: Vec::new(),
        };
        Catalog::new(vec![listing("github"), listing("my-server")])
    }

    #[test]
    fn names_say_which_servers_are_needed() {
        let catalog = catalog(ServerState::Starting);
        let check = |names: &[&str], expected: Option<&[&str]>| {
            let names: Vec<_> = names.iter().map(|&name| name.to_owned()).collect();
            let expected = expected.map(|names| {
                names
                    .iter()
                    .map(|&name| name.to_owned())
                    .collect::<Vec<_>>()
            });
            assert_eq!(servers_meant(&catalog, &names), expected, "{names:?}");
        };
        check(&["github.list"], Some(&["github"]));
        check(&["my_server/x", "github"], Some(&["my-server", "github"]));
        check(&["mcp__github__list"], Some(&["github"]));
        check(&["tools.github.list"], Some(&["github"]));
        check(&["github.list", "list"], None);
        check(&["githubber.list"], None);
    }

    #[test]
    fn call_of_a_stopped_server_is_tried() {
        let failed = catalog(ServerState::Failed {
            reason: "exited".to_owned(),
        });
        let expected = Some(("my-server".to_owned(), "get.x".to_owned()));
        assert_eq!(in_stopped_server(&failed, "my-server.get.x"), expected);
        assert_eq!(in_stopped_server(&failed, "my-server"), None);
        assert_eq!(
            in_stopped_server(&catalog(ServerState::Ready), "github.x"),
            None
        );
    }

    #[test]
    fn unknown_server_is_told_with_the_nearest() {
        let catalog = catalog(ServerState::Ready);
        assert_eq!(
            unknown_server(&catalog, "githb"),
            "there is no server `githb`; did you mean `github`?"
        );
        assert_eq!(
            unknown_server(&catalog, "x"),
            "there is no server `x`; the servers are `github`, `my-server`"
        );
    }
}
