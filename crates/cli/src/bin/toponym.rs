//! The program `toponym`.

#![forbid(unsafe_code)]

// Documents are many small strings and lists, for which the threads of a static binary would wait in musl's allocator.
#[cfg(target_env = "musl")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    toponym_cli::run(std::env::args_os().collect())
}
