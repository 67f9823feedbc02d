//! The containers of places, and what containers are named before: "Spokane, WA", "United Kingdom, England, Derby".

use super::{Found, SENSES, SHOWN};
use crate::gazetteer::{NameKind, PlaceRef};
use crate::mention::Kind;
use crate::text;

impl Found<'_, '_, '_> {
    /// The containers of mentions, and what lies in them.
    pub fn add_neighbours(&mut self) {
        for name in self.matches {
            let mark = name.first.checked_sub(1).filter(|_| !self.is_mentioned(name.first, name.last));
            let Some(mark) = mark.filter(|&mark| mark > 0) else { continue };
            let before = self.words.tokens[mark];
            let sign = before.slice(self.words.text);
            let (opens, level) = (sign == "(", matches!(sign, "/" | ">"));
            if before.kind != text::Kind::Comma && !opens && !level {
                continue;
            }
            // The stop of "Calif." stands between it and the comma.
            let beside = self.mention_at(mark - 1).or_else(|| self.mention_at(mark.checked_sub(2)?));
            let Some(beside) = beside.filter(|own| own.end <= before.start && own.kind == Kind::Place) else {
                continue;
            };
            let senses = || name.senses.iter().take(SENSES).filter(|(_, kind)| *kind != NameKind::Demonym);
            let inside = |whole: &PlaceRef<'_>, part: &PlaceRef<'_>| whole.class() == 'A' && whole.contains(part);
            let holds =
                senses().any(|(whole, _)| beside.senses.iter().take(SENSES).any(|(part, _)| inside(whole, part)));
            // "Ghana / Western / Tarkwa": what follows two containers, the larger first, lies in both.
            let held = || {
                let holder = |whole: &PlaceRef<'_>| senses().any(|(part, _)| inside(whole, part));
                let outer = beside.first.checked_sub(2).and_then(|at| self.mention_at(at));
                let outer = outer.map_or(&[][..], |outer| &outer.senses);
                let nested = |whole: &PlaceRef<'_>| outer.iter().take(SENSES).any(|(outer, _)| inside(outer, whole));
                let mut wholes = beside.senses.iter().take(SENSES).map(|(whole, _)| whole);
                wholes.any(|whole| holder(whole) && (level || nested(whole)))
            };
            if holds || !opens && self.is_free(name.first, name.last) && held() {
                let probability = beside.probability * SHOWN;
                self.add_name(name, probability);
            }
        }
    }
}
