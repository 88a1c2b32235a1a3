//! The command line: what can be typed, and which function it leads to.
//!
//! Flags are read here and nowhere else. What a command does is in
//! `commands`; only its arguments are checked here.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand, ValueEnum};
use retort_tools::Detail;

use crate::failure::Failure;
use crate::logging::LogFormat;
use crate::{commands, demo, logging, platform};

/// One MCP server in front of many: agents write code, only the result comes
/// back.
#[derive(Debug, Parser)]
#[command(name = "retort", version, arg_required_else_help = true)]
struct Cli {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Command,
}

/// Flags of every command.
#[derive(Debug, Args)]
pub(crate) struct Global {
    /// Config file to use instead of the one of the user.
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// What log lines on standard error look like.
    #[arg(long, global = true, value_enum, default_value_t)]
    log_format: LogFormat,
    /// What is logged: a level or `target=level,…` [default: warn, or RETORT_LOG].
    #[arg(long, global = true, value_name = "FILTER")]
    log: Option<String>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve an MCP client over standard input and output.
    Serve,
    /// Run one script: its value goes to standard output.
    Run {
        /// The script's file; `-` reads standard input.
        file: PathBuf,
        /// Run nothing: say what is wrong with it and which tools it can call.
        #[arg(long)]
        dry_run: bool,
    },
    /// Search the tools of the configured servers.
    Search {
        /// What to look for; nothing lists the servers.
        query: Vec<String>,
        /// Search one server only.
        #[arg(long)]
        server: Option<String>,
        /// Rows at most.
        #[arg(long)]
        limit: Option<usize>,
    },
    /// Describe tools, or a server and all its tools.
    Describe {
        /// `server.tool`, or a server's name.
        #[arg(required = true)]
        names: Vec<String>,
        /// How much to say.
        #[arg(long, value_enum, default_value_t)]
        detail: DetailArg,
    },
    /// Print all tools as a TypeScript declaration file, for an editor.
    Types {
        /// Names of servers [default: all].
        servers: Vec<String>,
    },
    /// Call one tool: its result goes to standard output.
    Call {
        /// `server.tool`.
        tool: String,
        /// The arguments, a JSON object.
        #[arg(default_value = "{}")]
        arguments: String,
    },
    /// Show what was learned from use, or forget it.
    #[command(args_conflicts_with_subcommands = true)]
    Learned {
        /// As JSON, all of it.
        #[arg(long)]
        json: bool,
        #[command(subcommand)]
        command: Option<LearnedCommand>,
    },
    /// Agree to the commands that a `retort.json` of a folder starts.
    Trust {
        /// The file [default: `retort.json` in the working directory].
        file: Option<PathBuf>,
    },
    /// About the config file.
    Config {
        #[command(subcommand)]
        command: ConfigCommand,
    },
    /// Show what an agent saves, with servers and data made up for it.
    Demo,
    /// One of the demo's servers, over standard input and output.
    #[command(hide = true)]
    DemoServer {
        /// Which.
        name: String,
    },
}

#[derive(Debug, Subcommand)]
enum LearnedCommand {
    /// Forget what was learned: of a tool, of a server's tools, or all of it.
    Forget {
        /// `server.tool`, or a server's name.
        name: Option<String>,
    },
}

#[derive(Debug, Subcommand)]
enum ConfigCommand {
    /// Print the JSON Schema of the config file.
    Schema,
}

/// [`Detail`] as typed.
#[derive(Debug, Clone, Copy, Default, ValueEnum)]
enum DetailArg {
    /// One line each.
    #[default]
    Signature,
    /// With first sentences.
    Brief,
    /// With everything known.
    Full,
}

/// Runs the command in the process's arguments.
pub fn main() -> ExitCode {
    platform::give_back_large_blocks();
    match dispatch(Cli::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(),
    }
}

fn dispatch(cli: Cli) -> Result<(), Failure> {
    let Cli { global, command } = cli;
    let filter = global
        .log
        .clone()
        .or_else(|| std::env::var("RETORT_LOG").ok());
    logging::start(global.log_format, filter.as_deref().unwrap_or("warn"))?;
    match command {
        Command::Serve => commands::serve(&global),
        Command::Run { file, dry_run } => commands::run(&global, &file, dry_run),
        Command::Search {
            query,
            server,
            limit,
        } => commands::search(&global, query.join(" "), server, limit),
        Command::Describe { names, detail } => commands::describe(&global, names, detail.into()),
        Command::Types { servers } => commands::types(&global, servers),
        Command::Call { tool, arguments } => commands::call(&global, &tool, &arguments),
        Command::Learned { json, command } => match command {
            None => commands::learned(&global, json),
            Some(LearnedCommand::Forget { name }) => commands::forget(&global, name.as_deref()),
        },
        Command::Trust { file } => commands::trust(file),
        Command::Config {
            command: ConfigCommand::Schema,
        } => commands::config_schema(),
        Command::Demo => commands::on_runtime(demo::run()),
        Command::DemoServer { name } => commands::on_runtime(demo::serve(&name)),
    }
}

impl From<DetailArg> for Detail {
    fn from(detail: DetailArg) -> Self {
        match detail {
            DetailArg::Signature => Self::Signature,
            DetailArg::Brief => Self::Brief,
            DetailArg::Full => Self::Full,
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::Cli;

    #[test]
    fn arguments_are_consistent() {
        Cli::command().debug_assert();
    }
}
