//! What a script sees of a catalogue, encoded once per catalogue.

use std::sync::{Arc, Mutex, PoisonError};

use retort_sandbox::contract::{self, Api, ServerApi, ToolApi};
use retort_tools::{Catalog, Server, ServerState};

/// The newest catalogue with its encoding. Runs share it until a refresh
/// swaps the catalogue.
#[derive(Debug, Default)]
pub(super) struct ApiCache(Mutex<Option<Encoded>>);

type Encoded = (Arc<Catalog>, Arc<[u8]>);

impl ApiCache {
    /// The encoding of `catalog`.
    pub(super) fn encoded(&self, catalog: &Arc<Catalog>) -> Arc<[u8]> {
        let mut newest = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((known, encoded)) = &*newest
            && Arc::ptr_eq(known, catalog)
        {
            return Arc::clone(encoded);
        }
        let encoded: Arc<[u8]> = contract::encode(&api(catalog)).into();
        *newest = Some((Arc::clone(catalog), Arc::clone(&encoded)));
        encoded
    }
}

/// Servers switched off are not there; those that failed are, so that a call
/// says what is wrong with them.
fn api(catalog: &Catalog) -> Api {
    let seen = catalog
        .servers()
        .iter()
        .filter(|server| server.state != ServerState::Disabled);
    Api {
        servers: seen.map(server_api).collect(),
    }
}

fn server_api(server: &Server) -> ServerApi {
    let tools: Vec<ToolApi> = server
        .tools
        .iter()
        .map(|tool| ToolApi {
            name: tool.definition.name.clone(),
            ident: tool.ident.clone(),
        })
        .collect();
    ServerApi {
        name: server.name.clone(),
        ident: server.ident.clone(),
        tools: contract::encode(&tools),
    }
}

#[cfg(test)]
mod tests {
    use retort_tools::{ServerListing, ToolDefinition};
    use serde_json::json;

    use super::*;

    fn catalog() -> Arc<Catalog> {
        let tool =
            ToolDefinition::from_json(&json!({"name": "get-item", "inputSchema": {}})).unwrap();
        let listing = |name: &str, state| ServerListing {
            name: name.to_owned(),
            state,
            instructions: None,
            tools: vec![tool.clone()],
        };
        Arc::new(Catalog::new(vec![
            listing("my-shop", ServerState::Ready),
            listing("off", ServerState::Disabled),
            listing(
                "broken",
                ServerState::Failed {
                    reason: "no".to_owned(),
                },
            ),
        ]))
    }

    #[test]
    fn scripts_see_names_and_identifiers() {
        let encoded = ApiCache::default().encoded(&catalog());
        let api: Api = contract::decode(&encoded).unwrap();
        let names: Vec<_> = api
            .servers
            .iter()
            .map(|server| (&*server.name, &*server.ident))
            .collect();
        assert_eq!(names, [("my-shop", "my_shop"), ("broken", "broken")]);
        let tools: Vec<ToolApi> = contract::decode(&api.servers[0].tools).unwrap();
        assert_eq!(
            (&*tools[0].name, &*tools[0].ident),
            ("get-item", "get_item")
        );
    }

    #[test]
    fn a_catalogue_is_encoded_once() {
        let cache = ApiCache::default();
        let (first, second) = (catalog(), catalog());
        let encoded = cache.encoded(&first);
        assert!(Arc::ptr_eq(&encoded, &cache.encoded(&first)));
        assert!(!Arc::ptr_eq(&encoded, &cache.encoded(&second)));
    }
}
