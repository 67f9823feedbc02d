//! Text for terminals: columns one under another, and nothing that commands the terminal.

use std::fmt::Write;
use unicode_width::UnicodeWidthStr;

/// The greatest width of a cell in columns of the terminal; the rest is cut off.
const WIDEST: usize = 56;
/// What stands at the end of a cell that is cut.
const CUT: char = '…';

/// Rows of cells as lines, the cells of a column one under another, figures to the right. White space in a cell is made single, and
/// a cell of more than 56 columns is cut, unless it is the last of its row.
///
/// ```
/// let rows = [vec!["PLACE", "PEOPLE"], vec!["Homs", "775404"], vec!["Žižkov", "52000"]];
/// let rows = rows.map(|row| row.into_iter().map(str::to_owned).collect());
/// assert_eq!(toponym::export::terminal::aligned(&rows), "PLACE   PEOPLE\nHoms    775404\nŽižkov   52000\n");
/// ```
pub fn aligned(rows: &[Vec<String>]) -> String {
    let cells: Vec<Vec<String>> = rows.iter().map(|row| shown(row)).collect();
    let columns = cells.iter().map(Vec::len).max().unwrap_or(0);
    let column = |at: usize| cells.iter().filter_map(move |row| row.get(at));
    let widths: Vec<usize> = (0..columns).map(|at| column(at).map(|cell| cell.width()).max().unwrap_or(0)).collect();
    // The first row is the head, where there are more.
    let is_figures = |at| column(at).skip(1).all(|cell: &String| cell.is_empty() || cell.parse::<f64>().is_ok());
    let figures: Vec<bool> = (0..columns).map(|at| rows.len() > 1 && is_figures(at)).collect();
    let mut lines = String::new();
    for row in &cells {
        let mut line = String::new();
        for (at, cell) in row.iter().enumerate() {
            let blank = " ".repeat(widths[at] - cell.width());
            let gap = if at == 0 { "" } else { "  " };
            // Writing to a string does not fail.
            let _ = match figures[at] {
                true => write!(line, "{gap}{blank}{cell}"),
                false => write!(line, "{gap}{cell}{blank}"),
            };
        }
        lines += line.trim_end();
        lines.push('\n');
    }
    lines
}

/// The cells of a row as they are shown.
fn shown(row: &[String]) -> Vec<String> {
    let cells = row.iter().enumerate().map(|(at, cell)| {
        let cell = escaped(&cell.split_whitespace().collect::<Vec<_>>().join(" "));
        if at + 1 < row.len() { cut(cell) } else { cell }
    });
    cells.collect()
}

fn cut(cell: String) -> String {
    if cell.width() <= WIDEST {
        return cell;
    }
    let mut short = String::new();
    for c in cell.chars() {
        if short.width() + 2 > WIDEST {
            break;
        }
        short.push(c);
    }
    short.push(CUT);
    short
}

/// A text with control characters, other than tabs and line ends, and characters that turn the direction of writing shown as
/// `\u{1b}`: what comes from strangers' files must not command the terminal.
///
/// ```
/// assert_eq!(toponym::export::terminal::escaped("a\x1b[2Jb\tc"), "a\\u{1b}[2Jb\tc");
/// ```
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
    use super::{CUT, WIDEST, aligned, escaped};
    use unicode_width::UnicodeWidthStr;

    fn table(rows: &[&[&str]]) -> String {
        aligned(&rows.iter().map(|row| row.iter().map(|&cell| cell.to_owned()).collect()).collect::<Vec<_>>())
    }

    #[test]
    fn columns_stand_one_under_another_in_every_script() {
        let shown = table(&[&["PLACE", "IN"], &["北京市", "China"], &["Homs", "Syria"], &["e\u{301}", ""]]);
        assert_eq!(shown, "PLACE   IN\n北京市  China\nHoms    Syria\ne\u{301}\n");
        assert_eq!(table(&[]), "");
    }

    #[test]
    fn what_is_long_is_cut_but_in_the_last_column() {
        let long = "漢字 ".repeat(60);
        let shown = table(&[&[&long, &long]]);
        let (first, last) = shown.split_once(CUT).expect("cut");
        assert!(first.width() < WIDEST && last.trim() == long.trim(), "{shown}");
    }

    #[test]
    fn what_commands_a_terminal_is_shown() {
        assert_eq!(escaped("a\x1b[2Jb\tc\nd"), "a\\u{1b}[2Jb\tc\nd");
        assert_eq!(escaped("\u{202e}txt.exe\u{9b}"), "\\u{202e}txt.exe\\u{9b}");
        assert_eq!(escaped("حلب Zürich"), "حلب Zürich");
        assert_eq!(table(&[&["a\x1b[2J\nb\tc", "x"]]), "a\\u{1b}[2J b c  x\n");
    }
}
