//! Places whose office somebody holds, in languages that say so by the genitive: "Prezydent Opola", "Мер Луцька".

use super::{Found, SHOWN};
use crate::gazetteer::{Gazetteer, NameKind, PlaceRef};
use crate::mention::bearers::{is_bent, stands_before};
use crate::text::language::BearerRole;

impl Found<'_, '_, '_> {
    /// Bent names right behind an office. What is not bent, or has another name behind it, is the holder's: "мэр Иванов", "мера Івана Франка".
    pub fn add_places_of_office(&mut self, gazetteer: &Gazetteer) {
        let words = self.words;
        for name in self.matches {
            let adjacent = words.previous(name.first).is_some_and(|before| before + 1 == name.first);
            let place = |(place, kind): &(PlaceRef<'_>, NameKind)| {
                *kind != NameKind::Demonym && matches!(place.class(), 'P' | 'A')
            };
            let goes_on = words.next(name.last).is_some_and(|next| next == name.last + 1 && words.has_capital(next));
            let bytes = words.tokens[name.first].start..words.tokens[name.last].end;
            if adjacent
                && !self.is_mentioned(name.first, name.last)
                && stands_before(words, name.first, BearerRole::Office)
                && name.senses.first().is_some_and(place)
                && !goes_on
                && is_bent(words, gazetteer, bytes)
            {
                self.add_name(name, SHOWN);
            }
        }
    }
}
