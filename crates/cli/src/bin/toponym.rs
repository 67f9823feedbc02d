//! The program `toponym`.

#![forbid(unsafe_code)]

fn main() -> std::process::ExitCode {
    toponym_cli::run(std::env::args_os().collect())
}
