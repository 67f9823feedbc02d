//! Messages on standard error. What they quote comes from strangers' files and must not command the terminal, and a
//! standard error that is closed or full ends no run.

use std::io::Write;
use toponym::export::terminal::escaped;

/// Writes a line to standard error, as `eprintln!` does.
macro_rules! tell {
    ($($message:tt)*) => { $crate::messages::write_line(&format!($($message)*)) };
}
pub(crate) use tell;

/// A number of things, such as `1 row` and `1,204 rows`.
pub fn counted(count: u64, one: &str) -> String {
    format!("{} {one}{}", indicatif::HumanCount(count), if count == 1 { "" } else { "s" })
}

/// Writes lines to standard error, control characters escaped. What cannot be written is lost.
pub fn write_line(lines: &str) {
    let _ = writeln!(std::io::stderr(), "{}", escaped(lines));
}
