//! What differs by operating system when a server is started: how its processes are held together,
//! and which environment variables a program cannot do without.

use process_wrap::tokio::{ChildWrapper, CommandWrap};

/// Variables of this process that every server gets; everything else must be configured.
#[cfg(unix)]
pub(crate) const PASSED_ON: &[&str] = &[
    "PATH", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "TMPDIR", "TZ", "USER", "LOGNAME", "SHELL",
    "TERM",
];

/// Variables of this process that every server gets; everything else must be configured.
#[cfg(windows)]
pub(crate) const PASSED_ON: &[&str] = &[
    "PATH",
    "PATHEXT",
    "COMSPEC",
    "SYSTEMROOT",
    "SYSTEMDRIVE",
    "WINDIR",
    "TEMP",
    "TMP",
    "APPDATA",
    "LOCALAPPDATA",
    "PROGRAMDATA",
    "PROGRAMFILES",
    "HOMEDRIVE",
    "HOMEPATH",
    "USERPROFILE",
    "USERNAME",
    "PROCESSOR_ARCHITECTURE",
    "NUMBER_OF_PROCESSORS",
    "OS",
];

/// Makes a command and all it starts end together: a process group, or a job object.
///
/// A terminal's interrupt then reaches this process alone, which ends its servers in order.
pub(crate) fn hold_together(command: &mut CommandWrap) {
    #[cfg(unix)]
    command.wrap(process_wrap::tokio::ProcessGroup::leader());
    #[cfg(windows)]
    command.wrap(process_wrap::tokio::JobObject);
}

/// Asks a command and all it started to end, where there is a way to ask.
pub(crate) fn ask_to_end(child: &dyn ChildWrapper) {
    #[cfg(unix)]
    {
        /// The same number on every Unix.
        const SIGTERM: i32 = 15;
        let _ = child.signal(SIGTERM);
    }
    #[cfg(windows)]
    let _ = child;
}
