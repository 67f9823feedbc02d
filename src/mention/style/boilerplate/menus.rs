//! Menus: runs of short lines, and bars of short entries in one, before the first paragraph or behind the last.

use super::PageLine;
use super::entry::KnownEntry;
use std::ops::Range;

/// The fewest lines of a menu.
const MIN_LINES: usize = 3;

/// The fewest lines of a menu that are entries of other menus too.
const MIN_KNOWN: usize = 2;

/// At least one in this many lines of a menu is an entry of other menus too.
const KNOWN_ONE_IN: usize = 4;

/// Marks the menus before the first paragraph and behind the last.
pub fn mark(lines: &[PageLine], prose: &[bool], marked: &mut [bool]) {
    let first = prose.iter().position(|prose| *prose).unwrap_or(prose.len());
    let behind = prose.iter().rposition(|prose| *prose).map_or(prose.len(), |at| at + 1);
    for part in [0..first, behind.max(first)..lines.len()] {
        for at in part.clone() {
            marked[at] |= lines[at].span.is_bar();
        }
        let mut start = part.start;
        while start < part.end {
            let is_entry = |at: &usize| lines[*at].span.is_entry() && !lines[*at].span.is_byline();
            let end = start + (start..part.end).take_while(is_entry).count();
            if let Some(menu) = menu(lines, start..end) {
                marked[menu].fill(true);
            }
            start = end + 1;
        }
    }
}

/// The lines of a run of entries that are a menu: from the first that other menus have too to the last, with the lines in one
/// block with them. A headline of three words, apart from the menu or before a line that is no entry, is not part of it.
fn menu(lines: &[PageLine], run: Range<usize>) -> Option<Range<usize>> {
    let known: Vec<(usize, KnownEntry)> =
        run.clone().filter_map(|at| lines[at].span.known_entry().map(|entry| (at, entry))).collect();
    let (first, last) = (known.first()?.0, known.last()?.0);
    let start = (run.start..=first).rev().find(|&at| lines[at].apart).unwrap_or(run.start);
    let end = (last + 1..run.end).find(|&at| lines[at].apart).unwrap_or(run.end);
    // Where the block goes on behind the run, its last lines may be a headline.
    let whole = lines.get(end).is_none_or(|next| next.apart);
    let menu = start..if whole { end } else { last + 1 };
    // A list of parts of the world alone may be the text itself.
    let other = known.iter().any(|(_, entry)| *entry == KnownEntry::Other);
    let enough = known.len() >= MIN_KNOWN && known.len() * KNOWN_ONE_IN >= menu.len();
    (enough && other && menu.len() >= MIN_LINES).then_some(menu)
}
