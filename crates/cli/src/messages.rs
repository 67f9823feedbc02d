//! Messages on standard error. What they quote comes from strangers' files and must not command the terminal, and a
//! standard error that is closed or full ends no run.

use std::io::Write;

/// Writes a line to standard error, as `eprintln!` does.
macro_rules! tell {
    ($($message:tt)*) => { $crate::messages::write_line(&format!($($message)*)) };
}
pub(crate) use tell;

/// Writes lines to standard error, control characters escaped. What cannot be written is lost.
pub fn write_line(lines: &str) {
    let _ = writeln!(std::io::stderr(), "{}", escaped(lines));
}

/// A text with control characters, other than tabs and line ends, and characters that turn the direction of writing
/// shown as `\u{1b}`.
pub fn escaped(text: &str) -> String {
    let commands = |c: char| {
        c.is_control() && !matches!(c, '\n' | '\t')
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}')
    };
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if commands(c) { escaped.extend(c.escape_unicode()) } else { escaped.push(c) }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn what_commands_a_terminal_is_shown() {
        assert_eq!(escaped("a\x1b[2Jb\tc\nd"), "a\\u{1b}[2Jb\tc\nd");
        assert_eq!(escaped("\u{202e}txt.exe\u{9b}"), "\\u{202e}txt.exe\\u{9b}");
        assert_eq!(escaped("حلب Zürich"), "حلب Zürich");
    }
}
