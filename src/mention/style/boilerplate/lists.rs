//! Lists of links: the lines under "Most Popular", "Read Next", "More on this story".

use super::PageLine;

/// Marks the headings of lists of links and the lines under them.
pub fn mark(lines: &[PageLine], prose: &[bool], marked: &mut [bool]) {
    let mut at = 0;
    while at < lines.len() {
        let heading = lines[at].span.is_heading();
        marked[at] |= heading;
        let end = if heading { end_of(lines, prose, at + 1) } else { at + 1 };
        marked[at + 1..end].fill(true);
        at = end;
    }
}

/// Index of the line behind the list that begins at line `start`.
fn end_of(lines: &[PageLine], prose: &[bool], start: usize) -> usize {
    let is_link = |at: usize| {
        let goes_on = lines.get(at + 1).is_some_and(|next| !next.apart && next.span.opens_small());
        !prose[at] && !goes_on && lines[at].span.is_link() && !lines[at].span.is_heading()
    };
    let bulleted = lines.get(start).is_some_and(|line| line.span.marked);
    let mut end = start;
    while end < lines.len() && is_link(end) {
        let (line, first) = (&lines[end], end == start);
        let block_goes_on = lines.get(end + 1).is_some_and(|next| !next.apart);
        // A list right under its heading ends at the empty line, a list with bullets at the line without one, and a list with an
        // empty line before each line at a block of several lines.
        let goes_on = match () {
            () if first => true,
            () if bulleted => line.span.marked,
            () if lines[start].apart && !is_block(lines, start) => line.apart && !block_goes_on,
            () => !line.apart,
        };
        if !goes_on {
            break;
        }
        end += 1;
    }
    // The last of several lines with empty lines between may be the heading of what follows.
    let spaced = end > start + 1 && lines[start].apart && !is_block(lines, start) && !bulleted;
    if spaced && prose.get(end).is_some_and(|prose| *prose) || lines.get(end).is_some_and(|line| line.span.is_byline())
    {
        end = (end - 1).max(start);
    }
    end
}

/// Whether the line behind line `at` stands in one block with it, with no empty line between.
fn is_block(lines: &[PageLine], at: usize) -> bool {
    lines.get(at + 1).is_some_and(|next| !next.apart)
}
