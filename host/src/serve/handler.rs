//! One connection as rmcp sees it. Requests of both eras of the protocol end
//! here; what a tool does is in `tools`.

use std::sync::Arc;

use rmcp::model::{
    CallToolRequestParams, CallToolResponse, CallToolResult, CompleteRequestMethod,
    CompleteRequestParams, CompleteResult, CustomRequest, CustomResult, ErrorCode, Implementation,
    JsonObject, ListPromptsRequestMethod, ListPromptsResult, ListResourceTemplatesRequestMethod,
    ListResourceTemplatesResult, ListResourcesRequestMethod, ListResourcesResult, ListToolsResult,
    PaginatedRequestParams, ProtocolVersion, ServerCapabilities, ServerConfig, Tool,
};
use rmcp::service::RequestContext;
use rmcp::{ErrorData, RoleServer, ServerHandler};
use serde_json::Value;
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;
use tokio_util::task::AbortOnDropHandle;

use super::definitions::{Surface, instructions_and_tools};
use super::progress::{attend, patience};
use super::{arguments, tools};
use crate::app::App;
use crate::learning::Searches;
use crate::render::{self, Answer};

/// Calls of our tools that one client may have open; further ones fail at once.
const OPEN_CALLS: usize = 256;

/// One client's connection. Ends with its transport.
pub(super) struct Connection {
    app: App,
    surface: Surface,
    /// Parent of every call's token.
    runs: CancellationToken,
    open_calls: Arc<Semaphore>,
    searches: Arc<Searches>,
}

impl Connection {
    pub(super) fn new(app: App, runs: CancellationToken) -> Self {
        let surface = instructions_and_tools(&app);
        Self {
            app,
            surface,
            runs,
            open_calls: Arc::new(Semaphore::new(OPEN_CALLS)),
            searches: Arc::default(),
        }
    }

    /// What is wrong with a call; names in it come from the client, as long as it likes.
    fn mistake(&self, message: &str) -> Answer {
        Answer::error(render::cut_text(message, self.app.limits()))
    }

    /// Answers a call. Never a protocol error: those reach a model garbled or
    /// not at all.
    async fn answer(
        &self,
        name: &str,
        arguments: JsonObject,
        context: &RequestContext<RoleServer>,
    ) -> Answer {
        let Ok(permit) = self.open_calls.clone().try_acquire_owned() else {
            return Answer::error(format!(
                "{OPEN_CALLS} calls of this client are open; wait for some of them to end"
            ));
        };
        let call = match arguments::parse(name, arguments) {
            Ok(call) => call,
            Err(message) => return self.mistake(&message),
        };
        let cancel = self.runs.child_token();
        let (patience, progress) = patience(context);
        let (app, token) = (self.app.clone(), cancel.clone());
        let asker = Some(Arc::clone(&self.searches));
        // A task of its own: should it panic, the client still gets an answer.
        let task = tokio::spawn(async move {
            let answer = tools::perform(&app, call, token, patience, asker).await;
            drop(permit);
            answer
        });
        let task = AbortOnDropHandle::new(task);
        let answer = attend(context, &cancel, progress.as_ref(), task).await;
        answer.unwrap_or_else(|_| {
            tracing::error!(tool = name, "a call's task failed");
            Answer::error("internal error in retort, not in your request: the call's task failed")
        })
    }
}

/// Never structured content: clients show that instead of the text.
fn result(answer: Answer) -> CallToolResult {
    if answer.is_error {
        CallToolResult::error(answer.content)
    } else {
        CallToolResult::success(answer.content)
    }
}

impl ServerHandler for Connection {
    fn get_info(&self) -> ServerConfig {
        let capabilities = ServerCapabilities::builder().enable_tools().build();
        let implementation =
            Implementation::new("retort", env!("CARGO_PKG_VERSION")).with_title("Retort");
        ServerConfig::new(capabilities)
            .with_server_info(implementation)
            .with_instructions(self.surface.instructions.clone())
    }

    async fn list_tools(
        &self,
        request: Option<PaginatedRequestParams>,
        _context: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        if request.is_some_and(|page| page.cursor.is_some()) {
            return Err(ErrorData::invalid_params(
                "all tools are on the first page",
                None,
            ));
        }
        Ok(ListToolsResult::with_all_items(self.surface.tools.to_vec()))
    }

    fn get_tool(&self, name: &str) -> Option<Tool> {
        self.surface
            .tools
            .iter()
            .find(|tool| tool.name == name)
            .cloned()
    }

    async fn call_tool(
        &self,
        request: CallToolRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        let arguments = request.arguments.unwrap_or_default();
        let answer = self.answer(&request.name, arguments, &context).await;
        Ok(result(answer).into())
    }

    /// A `tools/call` whose `arguments` are no object arrives here, because it
    /// does not fit the protocol's type. The model that wrote it is told.
    async fn on_custom_request(
        &self,
        request: CustomRequest,
        context: RequestContext<RoleServer>,
    ) -> Result<CustomResult, ErrorData> {
        if request.method != "tools/call" {
            return Err(ErrorData::new(
                ErrorCode::METHOD_NOT_FOUND,
                request.method,
                None,
            ));
        }
        let params = request.params.unwrap_or_default();
        let Some(name) = params.get("name").and_then(Value::as_str) else {
            return Err(ErrorData::invalid_params(
                "`name` of the tool is missing",
                None,
            ));
        };
        let answer = match params.get("arguments").map(arguments::unquoted) {
            Some(Some(arguments)) => self.answer(name, arguments, &context).await,
            _ => self.mistake(&arguments::not_an_object(name)),
        };
        let mut result = result(answer);
        let modern = context
            .protocol_version()
            .is_some_and(|version| version.as_str() >= ProtocolVersion::V_2026_07_28.as_str());
        if !modern {
            result.result_type = None;
        }
        let result = serde_json::to_value(result)
            .map_err(|_| ErrorData::internal_error("the answer cannot be written", None))?;
        Ok(CustomResult::new(result))
    }

    async fn complete(
        &self,
        _request: CompleteRequestParams,
        _context: RequestContext<RoleServer>,
    ) -> Result<CompleteResult, ErrorData> {
        Err(ErrorData::method_not_found::<CompleteRequestMethod>())
    }

    async fn list_prompts(
        &self,
        _request: Option<PaginatedRequestParams>,
        _context: RequestContext<RoleServer>,
    ) -> Result<ListPromptsResult, ErrorData> {
        Err(ErrorData::method_not_found::<ListPromptsRequestMethod>())
    }

    async fn list_resources(
        &self,
        _request: Option<PaginatedRequestParams>,
        _context: RequestContext<RoleServer>,
    ) -> Result<ListResourcesResult, ErrorData> {
        Err(ErrorData::method_not_found::<ListResourcesRequestMethod>())
    }

    async fn list_resource_templates(
        &self,
        _request: Option<PaginatedRequestParams>,
        _context: RequestContext<RoleServer>,
    ) -> Result<ListResourceTemplatesResult, ErrorData> {
        Err(ErrorData::method_not_found::<
            ListResourceTemplatesRequestMethod,
        >())
    }
}
