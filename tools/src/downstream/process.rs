//! A server as a process: starting it, listening to its standard error, ending it.
//!
//! Owns the environment it gets, the last lines it wrote to standard error (without secrets), and
//! that nothing of it is left behind. Must not know the protocol. Start at [`Process::spawn`].

use std::collections::VecDeque;
use std::io;
use std::process::Stdio;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use process_wrap::tokio::{ChildWrapper, CommandWrap, KillOnDrop};
use tokio::process::ChildStderr;
use tokio::task::JoinHandle;
use tokio_util::sync::{CancellationToken, DropGuard};
use tokio_util::task::TaskTracker;

use super::line::{Line, LineReader};
use super::message::shortened;
use super::wire::{Input, Output};
use crate::platform;
use crate::server_config::Resolved;

/// A line of standard error is cut here.
const LONGEST_LINE: usize = 2048;
/// How much of standard error is kept for an error message.
const KEPT_LINES: usize = 8;
const KEPT_LINE: usize = 300;
/// How long a program that was asked to end may take.
const ASKED: Duration = Duration::from_millis(500);
/// How long the system may take to end it.
const KILLED: Duration = Duration::from_secs(1);
/// How long the rest of standard error is waited for once the process is gone.
const LAST_WORDS: Duration = Duration::from_secs(1);

/// A running server; dropping it kills it and all it started.
pub(super) struct Process {
    child: Box<dyn ChildWrapper>,
    /// Whether it has been seen to that nothing is left: its number may be another's by now.
    over: bool,
    secrets: Arc<[String]>,
    last_lines: Arc<Mutex<VecDeque<String>>>,
    listening: Option<JoinHandle<()>>,
    exit: Option<String>,
    /// Ends the listening where something else holds standard error open.
    _listening_ends: DropGuard,
}

impl Process {
    /// Starts the program of a block.
    ///
    /// # Errors
    /// What the system says: there is no such program, or folder, it may not be run.
    pub(super) fn spawn(
        server: &Arc<str>,
        resolved: &Resolved,
        tasks: &TaskTracker,
    ) -> io::Result<(Process, Input, Output)> {
        if let Some(folder) = resolved.cwd.as_deref().filter(|folder| !folder.is_dir()) {
            let message = format!("there is no folder `{}`", folder.display());
            return Err(io::Error::new(io::ErrorKind::NotFound, message));
        }
        let mut command = CommandWrap::with_new(&resolved.program, |command| {
            command.args(&resolved.args).env_clear();
            for name in platform::PASSED_ON {
                if let Some(value) = std::env::var_os(name) {
                    command.env(name, value);
                }
            }
            command.envs(resolved.env.iter().map(|(name, value)| (name, value)));
            if let Some(folder) = &resolved.cwd {
                command.current_dir(folder);
            }
            command
                .stdin(Stdio::piped())
                .stdout(Stdio::piped())
                .stderr(Stdio::piped());
        });
        platform::hold_together(&mut command);
        command.wrap(KillOnDrop);
        let mut child = command.spawn()?;
        let (Some(input), Some(output), Some(errors)) = (
            child.stdin().take(),
            child.stdout().take(),
            child.stderr().take(),
        ) else {
            return Err(io::Error::other("its standard streams are missing"));
        };
        let last_lines = Arc::default();
        let secrets: Arc<[String]> = resolved.secrets.as_slice().into();
        let stop = CancellationToken::new();
        let listening = tasks.spawn(listen(
            server.clone(),
            errors,
            secrets.clone(),
            Arc::clone(&last_lines),
            stop.clone(),
        ));
        let process = Process {
            child,
            over: false,
            secrets,
            last_lines,
            listening: Some(listening),
            exit: None,
            _listening_ends: stop.drop_guard(),
        };
        Ok((process, Box::new(input), Box::new(output)))
    }

    /// Waits until the program has exited and says how.
    ///
    /// # Cancel safety
    /// Can be called again.
    pub(super) async fn exited(&mut self) -> String {
        if let Some(exit) = &self.exit {
            return exit.clone();
        }
        // The innermost child: waiting for the whole group would outlast the server itself.
        let exit = match self.child.inner_mut().wait().await {
            Ok(status) => status.to_string(),
            Err(error) => error.to_string(),
        };
        self.exit.insert(exit).clone()
    }

    /// Gives the program `grace` to exit by itself, then asks it to, then ends it and all it
    /// started. Says how it exited, if it was not killed.
    pub(super) async fn end(&mut self, grace: Duration) -> Option<String> {
        let mut exit = tokio::time::timeout(grace, self.exited()).await.ok();
        if exit.is_none() {
            platform::ask_to_end(&*self.child);
            exit = tokio::time::timeout(ASKED, self.exited()).await.ok();
        }
        let _ = self.child.start_kill();
        if exit.is_none() {
            // It goes at once, and must not be left as a zombie.
            let _ = tokio::time::timeout(KILLED, self.child.inner_mut().wait()).await;
        }
        self.over = true;
        exit
    }

    /// A text without the secrets the program was given.
    pub(super) fn redacted(&self, text: &str) -> String {
        redacted(text, &self.secrets)
    }

    /// The last lines of standard error, oldest first.
    pub(super) async fn last_words(&mut self) -> Vec<String> {
        if let Some(listening) = self.listening.take() {
            let _ = tokio::time::timeout(LAST_WORDS, listening).await;
        }
        self.last_lines
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .drain(..)
            .collect()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        if !self.over {
            let _ = self.child.start_kill();
        }
    }
}

async fn listen(
    server: Arc<str>,
    errors: ChildStderr,
    secrets: Arc<[String]>,
    last_lines: Arc<Mutex<VecDeque<String>>>,
    stop: CancellationToken,
) {
    let mut lines = LineReader::new(errors, LONGEST_LINE);
    loop {
        let line = tokio::select! {
            line = lines.next() => line,
            () = stop.cancelled() => return,
        };
        let bytes = match line {
            Ok(Some(Line::Whole(bytes))) => bytes,
            Ok(Some(Line::TooLong { start, .. })) => start,
            Ok(None) | Err(_) => return,
        };
        // Cut afterwards, so that no secret is cut and passes.
        let text = redacted(&String::from_utf8_lossy(&bytes), &secrets);
        let text = shortened(&text, LONGEST_LINE);
        tracing::debug!(target: "downstream", server = %server, "{text}");
        let mut kept = last_lines.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() == KEPT_LINES {
            kept.pop_front();
        }
        kept.push_back(shortened(&text, KEPT_LINE).into_owned());
    }
}

/// Hides secrets, and control characters that would reach a terminal.
fn redacted(text: &str, secrets: &[String]) -> String {
    let mut text = text.replace(|c: char| c.is_control() && c != '\t', "");
    for secret in secrets {
        if text.contains(secret.as_str()) {
            text = text.replace(secret.as_str(), "[redacted]");
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_and_control_characters_do_not_get_out() {
        let secrets = ["s3cret-long".to_owned(), "s3cret".to_owned()];
        assert_eq!(
            redacted("key s3cret-long, \x1b[31ms3cret\r", &secrets),
            "key [redacted], [31m[redacted]"
        );
    }
}
