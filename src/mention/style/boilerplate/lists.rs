//! Lists of links: the lines under "Most Popular", "Read Next", "More on this story".

use super::Line;

/// Marks the headings of lists of links and what stands under them.
pub fn mark(lines: &[Line], prose: &[bool], marked: &mut [bool]) {
    let mut at = 0;
    while at < lines.len() {
        let heading = lines[at].stretch.is_heading();
        marked[at] |= heading;
        let end = if heading { end_of(lines, prose, at + 1) } else { at + 1 };
        marked[at + 1..end].fill(true);
        at = end;
    }
}

/// The line behind the list that begins at line `start`.
fn end_of(lines: &[Line], prose: &[bool], start: usize) -> usize {
    let is_link = |at: usize| {
        let goes_on = lines.get(at + 1).is_some_and(|next| !next.apart && next.stretch.opens_small());
        !prose[at] && !goes_on && lines[at].stretch.is_link() && !lines[at].stretch.is_heading()
    };
    let bulleted = lines.get(start).is_some_and(|line| line.stretch.marked);
    let mut end = start;
    while end < lines.len() && is_link(end) {
        let (line, first) = (&lines[end], end == start);
        let block_goes_on = lines.get(end + 1).is_some_and(|next| !next.apart);
        // A list under its heading ends at the empty line, one with bullets where they end; one spaced out by empty lines
        // ends at a block of several lines.
        let goes_on = match () {
            () if first => true,
            () if bulleted => line.stretch.marked,
            () if lines[start].apart && !is_block(lines, start) => line.apart && !block_goes_on,
            () => !line.apart,
        };
        if !goes_on {
            break;
        }
        end += 1;
    }
    // The last of several lines spaced out may be the heading of what follows.
    let spaced = end > start + 1 && lines[start].apart && !is_block(lines, start) && !bulleted;
    if spaced && prose.get(end).is_some_and(|prose| *prose)
        || lines.get(end).is_some_and(|line| line.stretch.is_byline())
    {
        end = (end - 1).max(start);
    }
    end
}

/// Whether the line behind line `at` follows it without an empty line.
fn is_block(lines: &[Line], at: usize) -> bool {
    lines.get(at + 1).is_some_and(|next| !next.apart)
}
