//! The demonstration's own downstream servers: real MCP servers over standard
//! input and output, each with a part of the company's data.

use std::sync::{Mutex, PoisonError};

use rmcp::model::{
    CallToolRequestParams, CallToolResponse, CallToolResult, Implementation, ListToolsResult,
    PaginatedRequestParams, ServerCapabilities, ServerConfig, Tool,
};
use rmcp::service::RequestContext;
use rmcp::{ErrorData, RoleServer, ServerHandler, ServiceExt};
use serde_json::Value;

use super::data::Data;
use super::tool::{Arguments, DemoTool};
use super::{office, shop, tracker};

/// The servers there are, by name.
pub(super) const NAMES: [&str; 3] = ["shop", "tracker", "office"];

/// Serves until the client closes its end.
pub(super) async fn serve(name: &str) -> anyhow::Result<()> {
    let service = Company::new(name)?.serve(rmcp::transport::stdio()).await?;
    service.waiting().await?;
    Ok(())
}

/// What the server of that name offers.
pub(super) fn tools(name: &str) -> Vec<DemoTool> {
    match name {
        "shop" => shop::tools(),
        "tracker" => tracker::tools(),
        "office" => office::tools(),
        _ => Vec::new(),
    }
}

struct Company {
    name: String,
    tools: Vec<DemoTool>,
    definitions: Vec<Tool>,
    data: Mutex<Data>,
}

impl Company {
    fn new(name: &str) -> anyhow::Result<Self> {
        let tools = tools(name);
        anyhow::ensure!(!tools.is_empty(), "the servers are {}", NAMES.join(", "));
        let definitions: Result<_, _> = tools
            .iter()
            .map(|tool| serde_json::from_value(tool.definition()))
            .collect();
        Ok(Self {
            name: name.to_owned(),
            tools,
            definitions: definitions?,
            data: Mutex::new(Data::new()),
        })
    }

    fn call(&self, request: CallToolRequestParams) -> Result<Value, String> {
        let tool = self.tools.iter().find(|tool| tool.name == request.name);
        let tool = tool.ok_or_else(|| format!("there is no tool `{}`", request.name))?;
        let arguments = Arguments(request.arguments.unwrap_or_default());
        let mut data = self.data.lock().unwrap_or_else(PoisonError::into_inner);
        (tool.call)(&mut data, &arguments)
    }
}

impl ServerHandler for Company {
    fn get_info(&self) -> ServerConfig {
        let capabilities = ServerCapabilities::builder().enable_tools().build();
        ServerConfig::new(capabilities)
            .with_server_info(Implementation::new(
                format!("demo-{}", self.name),
                env!("CARGO_PKG_VERSION"),
            ))
            .with_instructions("Invented data of a small company, the same at every start.")
    }

    async fn list_tools(
        &self,
        _request: Option<PaginatedRequestParams>,
        _context: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        Ok(ListToolsResult::with_all_items(self.definitions.clone()))
    }

    async fn call_tool(
        &self,
        request: CallToolRequestParams,
        _context: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        let result = match self.call(request) {
            Ok(value) => CallToolResult::structured(value),
            Err(message) => CallToolResult::error(vec![rmcp::model::ContentBlock::text(message)]),
        };
        Ok(result.into())
    }
}
