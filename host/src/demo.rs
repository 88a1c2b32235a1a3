//! `retort demo`: a conversation with and without Retort, measured.
//!
//! Starts the program itself as three small downstream servers, plays a client
//! through search, describe and one script, and prints what a model would have
//! read. Needs no network and no configuration. Every number is counted in the
//! run that is shown.

mod client;
mod data;
mod office;
mod server;
mod shop;
mod tokens;
mod tool;
mod tracker;

use std::io::Write;

use anyhow::Context;
use retort_tools::ServerConfig;
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;

use self::client::Client;
use self::tokens::{Counter, Table};
use crate::app::App;
use crate::config::Config;
use crate::failure::Failure;
use crate::render::grouped;
use crate::run::{RunOutcome, RunRequest};

/// What the agent is asked.
const TASK: &str = "Which customers behind our open delivery complaints have spent the most, and how does it split over the tiers?";

/// The script it writes once it has seen the signatures.
const SCRIPT: &str = r#"const { issues, total } = await tracker.list_issues({ project: "support", state: "open", label: "delivery", per_page: 100 });
const cases = await Promise.all(issues.map(async ({ number, order_id }) => {
  const order = await shop.get_order({ order_id });
  const [customer, history] = await Promise.all([
    shop.get_customer({ customer_id: order.customer_id }),
    shop.list_orders({ customer_id: order.customer_id, status: "delivered" }),
  ]);
  const spent = history.orders.reduce((sum, { total }) => sum + total, 0);
  return { issue: number, customer: customer.name, tier: customer.tier, spent: Math.round(spent) };
}));
const tiers = {};
for (const { tier, spent } of cases) {
  tiers[tier] ??= { complaints: 0, spent: 0 };
  tiers[tier].complaints += 1;
  tiers[tier].spent += spent;
}
cases.sort((a, b) => b.spent - a.spent);
return { complaints: total, tiers, top: cases.slice(0, 5) };"#;

/// Serves one of the demonstration's servers over standard input and output.
pub(crate) async fn serve(name: &str) -> Result<(), Failure> {
    Ok(server::serve(name).await?)
}

/// Plays the conversation and prints it.
pub(crate) async fn run() -> Result<(), Failure> {
    let app = App::start(config()?);
    let printed = converse(&app).await;
    app.shutdown().await;
    Ok(printed?)
}

/// The program itself as downstream servers.
fn config() -> anyhow::Result<Config> {
    let program = std::env::current_exe().context("cannot find this program")?;
    let server = |name: &str| -> anyhow::Result<(String, ServerConfig)> {
        let block = json!({"command": program, "args": ["demo-server", name]});
        Ok((name.to_owned(), serde_json::from_value(block)?))
    };
    let servers: anyhow::Result<_> = server::NAMES.into_iter().map(server).collect();
    Ok(Config {
        servers: servers?,
        ..Config::default()
    })
}

async fn converse(app: &App) -> anyhow::Result<()> {
    let counter = Counter::new()?;
    let (near, far) = tokio::io::duplex(1 << 20);
    let (read, write) = tokio::io::split(far);
    let stop = CancellationToken::new();
    let connection = tokio::spawn(crate::serve::serve_on(
        app.clone(),
        read,
        write,
        stop.clone(),
    ));
    let (mut client, instructions) = Client::connect(near).await?;
    let own_tools = client.list_tools().await?;

    say(&format!("The agent is asked: {TASK}\n"))?;
    let mut calls = Vec::new();
    for (tool, arguments) in [
        (
            "search_tools",
            json!({"query": "list issues, get order, get customer, list orders"}),
        ),
        (
            "describe_tools",
            json!({"tools": ["tracker.list_issues", "shop.get_order", "shop.get_customer", "shop.list_orders"]}),
        ),
        ("execute_code", json!({"code": SCRIPT})),
    ] {
        let answer = client.call_tool(tool, &arguments).await?;
        say(&format!(
            "▶ {tool} {}\n◀\n{}\n",
            shown(&arguments),
            indented(&answer)
        ))?;
        calls.push((tool, arguments.to_string(), answer));
    }
    stop.cancel();
    connection.await.context("the connection's task failed")??;

    let mut table = Table::default();
    let definitions = server::NAMES
        .into_iter()
        .flat_map(server::tools)
        .map(|tool| tool.definition().to_string());
    let definitions: Vec<_> = definitions.collect();
    let own = own_tools
        .iter()
        .map(|tool| counter.count(&tool.to_string()))
        .sum::<usize>();
    table.row(
        format!(
            "tool definitions ({} / {})",
            definitions.len(),
            own_tools.len()
        ),
        Some(
            definitions
                .iter()
                .map(|definition| counter.count(definition))
                .sum(),
        ),
        Some(own + counter.count(&instructions)),
    );
    for (tool, arguments, answer) in &calls {
        table.row(
            *tool,
            None,
            Some(counter.count(arguments) + counter.count(answer)),
        );
    }
    let results = direct_calls(app, &counter).await?;
    table.row(
        format!("{} calls with their results", grouped(results.calls)),
        Some(results.tokens),
        None,
    );
    say(&table.to_string())?;
    say(
        "\nEverything is counted once, as if the model read it a single time. A model reads what it\nhas in its context again with every further turn, and without Retort there are more of them.",
    )
}

/// What the script's calls would have cost, made one by one.
struct DirectCalls {
    calls: usize,
    tokens: usize,
}

/// Runs the script once more, this time to count every result on its way.
async fn direct_calls(app: &App, counter: &Counter) -> anyhow::Result<DirectCalls> {
    let request = RunRequest {
        source: SCRIPT.to_owned(),
        dry_run: false,
        wall: app.limits().wall(false),
        cancel: CancellationToken::new(),
        progress: None,
        searches: None,
    };
    let report = app.runner().run(request).await;
    anyhow::ensure!(
        matches!(report.outcome, RunOutcome::Returned(_)),
        "the script failed when run again"
    );
    let ledger = &report.ledger;
    let written = ledger
        .entries()
        .iter()
        .map(|call| counter.count(&call.name) + counter.count(&call.arguments));
    let read = ledger
        .received()
        .filter_map(|(_, result)| result)
        .map(|result| counter.count(result));
    Ok(DirectCalls {
        calls: ledger.entries().len(),
        tokens: written.chain(read).sum(),
    })
}

/// Arguments for people: a script as it is, anything else as JSON.
fn shown(arguments: &Value) -> String {
    match arguments["code"].as_str() {
        Some(code) => format!("\n{}", indented(code)),
        None => arguments.to_string(),
    }
}

fn indented(text: &str) -> String {
    text.lines()
        .map(|line| format!("  {line}"))
        .collect::<Vec<_>>()
        .join("\n")
}

fn say(text: &str) -> anyhow::Result<()> {
    let mut stdout = std::io::stdout().lock();
    match writeln!(stdout, "{text}") {
        // A reader that has seen enough is no failure.
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(error).context("cannot write")
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::server::{NAMES, tools};
    use retort_tools::ToolDefinition;

    #[test]
    fn definitions_are_sound() {
        let all: Vec<_> = NAMES.into_iter().flat_map(tools).collect();
        assert!(all.len() >= 30, "{} tools", all.len());
        for tool in all {
            let definition = ToolDefinition::from_json(&tool.definition()).unwrap();
            assert_eq!(definition.problems, Vec::<String>::new(), "{}", tool.name);
        }
    }

    #[test]
    fn the_data_is_the_same_at_every_start() {
        let (first, second) = (super::data::Data::new(), super::data::Data::new());
        assert_eq!(first.orders, second.orders);
        assert_eq!(first.issues, second.issues);
    }
}
