//! An MCP client as small as can be: JSON-RPC lines over a stream.

use anyhow::{Context, anyhow, bail};
use serde_json::{Value, json};
use tokio::io::{
    AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader, Lines, ReadHalf, WriteHalf,
};

/// A connection on which one request is open at a time.
pub(super) struct Client<S> {
    lines: Lines<BufReader<ReadHalf<S>>>,
    writer: WriteHalf<S>,
    requests: u64,
}

impl<S: AsyncRead + AsyncWrite> Client<S> {
    /// Opens the connection as clients of the session era do. Gives the
    /// server's instructions beside it.
    pub(super) async fn connect(stream: S) -> anyhow::Result<(Self, String)> {
        let (reader, writer) = tokio::io::split(stream);
        let mut client = Self {
            lines: BufReader::new(reader).lines(),
            writer,
            requests: 0,
        };
        let hello = json!({
            "protocolVersion": "2025-11-25",
            "capabilities": {},
            "clientInfo": {"name": "retort-demo", "version": env!("CARGO_PKG_VERSION")},
        });
        let server = client.request("initialize", hello).await?;
        client
            .send(&json!({"jsonrpc": "2.0", "method": "notifications/initialized"}))
            .await?;
        let instructions = server["instructions"]
            .as_str()
            .unwrap_or_default()
            .to_owned();
        Ok((client, instructions))
    }

    /// The tools as the server defines them.
    pub(super) async fn list_tools(&mut self) -> anyhow::Result<Vec<Value>> {
        let mut listed = self.request("tools/list", json!({})).await?;
        match listed["tools"].take() {
            Value::Array(tools) => Ok(tools),
            _ => bail!("the answer lists no tools"),
        }
    }

    /// The texts a tool answers with, as a model would read them.
    pub(super) async fn call_tool(
        &mut self,
        name: &str,
        arguments: &Value,
    ) -> anyhow::Result<String> {
        let result = self
            .request("tools/call", json!({"name": name, "arguments": arguments}))
            .await?;
        let blocks = result["content"]
            .as_array()
            .context("the answer has no content")?;
        let texts: Vec<_> = blocks
            .iter()
            .filter_map(|block| block["text"].as_str())
            .collect();
        let text = texts.join("\n");
        if result["isError"] == true {
            bail!("{name} failed: {text}");
        }
        Ok(text)
    }

    async fn request(&mut self, method: &str, params: Value) -> anyhow::Result<Value> {
        self.requests += 1;
        let id = self.requests;
        self.send(&json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params}))
            .await?;
        loop {
            let line = self
                .lines
                .next_line()
                .await?
                .context("the server closed the connection")?;
            let mut message: Value = serde_json::from_str(&line)?;
            // Notifications and requests of the server are not for us.
            if message["id"] != id || message.get("method").is_some() {
                continue;
            }
            return match message.get_mut("result") {
                Some(result) => Ok(result.take()),
                None => Err(anyhow!("{method} failed: {}", message["error"])),
            };
        }
    }

    async fn send(&mut self, message: &Value) -> anyhow::Result<()> {
        self.writer
            .write_all(format!("{message}\n").as_bytes())
            .await?;
        Ok(self.writer.flush().await?)
    }
}
