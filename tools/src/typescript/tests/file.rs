//! Whole declaration files.

use super::*;
use crate::catalog::{Catalog, ServerListing, ServerState};

fn file(servers: &[(&str, &[&str])]) -> DeclarationFile {
    let tool =
        |name: &&str| ToolDefinition::from_json(&json!({"name": name, "inputSchema": {}})).unwrap();
    let listings = servers.iter().map(|(name, tools)| ServerListing {
        name: (*name).to_owned(),
        state: ServerState::Ready,
        instructions: Some("Be kind. */".to_owned()),
        tools: tools.iter().map(tool).collect(),
    });
    declaration_file(Catalog::new(listings.collect()).servers(), Detail::Full)
}

#[test]
fn names_work_both_ways() {
    let file = file(&[
        ("github", &["search"]),
        (
            "my-server",
            &[
                "get-item", "get_item", "delete", "then", "get-item", "q\"\\",
            ],
        ),
        ("history", &["list-all"]),
        ("empty", &[]),
    ]);
    assert_eq!(file.functions, 8);
    insta::assert_snapshot!(file.text, @r#"
    /**
     * In the server's own words:
     * Be kind. *\/
     */
    declare namespace github {
      function search(): Promise<unknown>;
    }

    /**
     * In the server's own words:
     * Be kind. *\/
     */
    declare namespace my_server {
      /** (the server's name for it: get-item) */
      function get_item_2(): Promise<unknown>;
      function get_item(): Promise<unknown>;
      /** (the server's name for it: delete) */
      function delete_(): Promise<unknown>;
      /** (the server's name for it: then) */
      function then_(): Promise<unknown>;
      /** (the server's name for it: get-item) */
      function get_item_3(): Promise<unknown>;
      /** (the server's name for it: q"\) */
      function q__(): Promise<unknown>;
    }

    /**
     * In the server's own words:
     * Be kind. *\/
     */
    // the browser's library has a global of this name: write `tools.history`
    declare namespace RetortServers { namespace history {
      /** (the server's name for it: list-all) */
      function list_all(): Promise<unknown>;
    } }

    // empty has no tools

    interface RetortTools {
      github: typeof github;
      my_server: typeof my_server & {
        "get-item": typeof my_server.get_item_2;
        "delete": typeof my_server.delete_;
        "q\"\\": typeof my_server.q__;
      };
      "my-server": RetortTools["my_server"];
      history: typeof RetortServers.history & {
        "list-all": typeof RetortServers.history.list_all;
      };
      empty: {};
    }
    declare const tools: RetortTools;
    "#);
}
