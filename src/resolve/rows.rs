//! Tables with a column of places beside one of what they lie in: "Valencia | Venezuela", "Venezuela | Valencia".

use super::sequence::bears;
use super::statement::Names;
use crate::candidate::Candidate;
use crate::mention::gap::{Gap, Separator};

/// Sets the place in which each mention lies that has its country or division in the next cell of its row or in the one before, if at least
/// half of the rows with such cells have one that holds the place beside it.
pub fn read_rows(names: &Names<'_, '_>, gaps: &[Gap], within: &mut [Option<usize>]) {
    let in_row = |at: &usize| {
        let between = names.words.text.get(names.mentions[*at].end..names.mentions[at + 1].start).unwrap_or("");
        gaps[*at].separator == Some(Separator::Break) && !between.contains('\n')
    };
    let cells: Vec<usize> = (0..gaps.len()).filter(in_row).collect();
    let is_wide = |own: &Candidate<'_>| bears(own) && (own.place.is_country() || own.place.is_division1());
    let wide = |at: usize| names.candidates(at).first().filter(|own| is_wide(own));
    let is_country = |at: usize| wide(at).is_some_and(|own| own.place.is_country());
    for (part, whole) in [(0, 1), (1, 0)] {
        let rows = cells.iter().map(|at| (at + part, at + whole));
        let rows = rows.filter(|&(part, whole)| wide(whole).is_some() && !is_country(part));
        let holds = |&(part, whole): &(usize, usize)| {
            wide(whole).is_some_and(|whole| names.has_inside(part, &whole.place, bears))
        };
        let (held, others): (Vec<_>, Vec<_>) = rows.partition(holds);
        if held.len() >= others.len() {
            held.into_iter().for_each(|(part, whole)| within[part] = within[part].or(Some(whole)));
        }
    }
}
