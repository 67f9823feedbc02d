//! The program, behind the console's entry point.

use pyo3::{PyResult, Python, pyfunction};
use std::ffi::OsString;
use std::process::ExitCode;

/// Runs the program with these arguments, of which the first is its name, and returns its exit code. SIGINT must have its
/// usual effect, since the program handles it itself.
#[pyfunction]
pub fn run_program(py: Python<'_>, arguments: Vec<OsString>) -> PyResult<u8> {
    let code = py.detach(|| toponym_cli::run(arguments));
    // `ExitCode` does not tell its number, but is equal to that of the same number.
    Ok((0..=u8::MAX).find(|&number| ExitCode::from(number) == code).unwrap_or(1))
}
