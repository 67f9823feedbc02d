//! Menus: runs of short lines, and bars of short entries in one, before the first paragraph or behind the last.

use super::Line;
use std::ops::Range;

/// A menu has at least this many lines.
const SHORTEST: usize = 3;

/// At least this many of them are known from other menus.
const KNOWN: usize = 2;

/// Of a menu's lines, at least one in this many is known from other menus.
const ONE_IN: usize = 4;

/// Marks the menus before the first paragraph and behind the last.
pub fn mark(lines: &[Line], prose: &[bool], marked: &mut [bool]) {
    let first = prose.iter().position(|prose| *prose).unwrap_or(prose.len());
    let behind = prose.iter().rposition(|prose| *prose).map_or(prose.len(), |at| at + 1);
    for part in [0..first, behind.max(first)..lines.len()] {
        for at in part.clone() {
            marked[at] |= lines[at].stretch.is_bar();
        }
        let mut start = part.start;
        while start < part.end {
            let is_entry = |at: &usize| lines[*at].stretch.is_entry() && !lines[*at].stretch.is_byline();
            let end = start + (start..part.end).take_while(is_entry).count();
            if let Some(menu) = menu(lines, start..end) {
                marked[menu].fill(true);
            }
            start = end + 1;
        }
    }
}

/// The lines of a run of entries that are a menu: from the first that is known to the last, with what stands in one
/// block with these. A headline in three words, apart from the menu or before what is no entry, is not of it.
fn menu(lines: &[Line], run: Range<usize>) -> Option<Range<usize>> {
    let known: Vec<(usize, bool)> =
        run.clone().filter_map(|at| lines[at].stretch.known().map(|other| (at, other))).collect();
    let (first, last) = (known.first()?.0, known.last()?.0);
    let start = (run.start..=first).rev().find(|&at| lines[at].apart).unwrap_or(run.start);
    let end = (last + 1..run.end).find(|&at| lines[at].apart).unwrap_or(run.end);
    // Where the block goes on behind the run, its last lines may be a headline.
    let whole = lines.get(end).is_none_or(|next| next.apart);
    let menu = start..if whole { end } else { last + 1 };
    let enough = known.len() >= KNOWN && known.len() * ONE_IN >= menu.len() && known.iter().any(|(_, other)| *other);
    (enough && menu.len() >= SHORTEST).then_some(menu)
}
