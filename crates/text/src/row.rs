//! Rows of tables in plain text, whose cells white space separates.

/// Whether white space separates the cells of a line: tabs, or several runs of blanks or a wide one, behind each of which something but a
/// lower-case letter stands, as it does not in lines that are justified or typed with two spaces behind a stop.
pub fn is_row(line: &str) -> bool {
    let line = line.trim();
    if line.contains('\t') {
        return true;
    }
    let (mut gaps, mut behind_stops, mut widest, mut rest) = (0, 0, 0, line);
    while let Some((before, behind)) = rest.split_once("  ") {
        let cell = behind.trim_start_matches(' ');
        if cell.starts_with(char::is_lowercase) {
            return false;
        }
        if before.ends_with(['.', '!', '?']) {
            behind_stops += 1;
        } else {
            gaps += 1;
            widest = widest.max(2 + behind.len() - cell.len());
        }
        rest = cell;
    }
    gaps > 0 && gaps + behind_stops > 1 || widest > WIDE_GAP
}

/// Spaces that are no slip between two words.
const WIDE_GAP: usize = 2;
