//! The program `retort`. Everything is in the library; start at `cli`.

use std::process::ExitCode;

fn main() -> ExitCode {
    retort::cli::main()
}
