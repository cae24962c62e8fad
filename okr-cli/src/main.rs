//! The command `okr`.

use std::process::ExitCode;

fn main() -> ExitCode {
    okr_cli::run(std::env::args_os(), &okr_cli::Env::system()).into()
}
