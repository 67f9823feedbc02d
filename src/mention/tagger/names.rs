//! What the gazetteer says of the tokens, as numbers for features.

use super::codes;
use super::numbered::numbered;
use crate::gazetteer::{NameKind, PlaceRef};
use crate::mention::matcher::GazetteerMatch;
use crate::text::Words;

numbered! {
    /// Where in a name of the gazetteer a token stands.
    pub enum Position {
        /// In no name.
        Outside = 0, "outside";
        /// It is the whole name.
        Alone = 1, "alone";
        First = 2, "first";
        Last = 3, "last";
        /// Between the first and the last.
        Between = 4, "between";
    }
}

numbered! {
    /// The type of the best-known place that bears a name.
    pub enum PlaceType {
        /// The name is an adjective or people.
        Demonym = 1, "demonym";
        Country = 2, "country";
        /// A first-level division.
        Division1 = 3, "division1";
        /// Another division.
        Division = 4, "division";
        Settlement = 5, "settlement";
        Water = 6, "water";
        Landform = 7, "landform";
        Area = 8, "area";
        Other = 9, "other";
    }
}

impl Position {
    fn new(at: usize, first: usize, last: usize) -> Self {
        match (at == first, at == last) {
            (true, true) => Position::Alone,
            (true, false) => Position::First,
            (false, true) => Position::Last,
            (false, false) => Position::Between,
        }
    }
}

impl PlaceType {
    fn new(place: &PlaceRef<'_>, demonym: bool) -> Self {
        match place.class() {
            _ if demonym => PlaceType::Demonym,
            'A' if place.is_country() => PlaceType::Country,
            'A' if place.is_division1() => PlaceType::Division1,
            'A' => PlaceType::Division,
            'P' => PlaceType::Settlement,
            'H' => PlaceType::Water,
            'T' => PlaceType::Landform,
            'L' => PlaceType::Area,
            _ => PlaceType::Other,
        }
    }
}

/// The names of the gazetteer in a text, by token.
pub struct GazetteerNames {
    /// For each token the index in `names` of the name that it is part of; index 0 is no name.
    tokens: Vec<u32>,
    names: Vec<Name>,
}

/// The name of the gazetteer that a token is part of, described by numbers.
#[derive(Clone, Copy, Debug, Default)]
pub struct Name {
    /// Index of its first token.
    pub first: u32,
    /// Index of its last token.
    pub last: u32,
    /// The [`Position`] of the token in it.
    pub position: u32,
    /// The [`PlaceType`] of its best-known place.
    pub place_type: u32,
    /// Position, place type, prominence (0 to 9), whether it is one token, and what kind of name it is.
    pub fine: u32,
    /// Position, whether it is a demonym, half the prominence, and whether it is an abbreviation.
    pub coarse: u32,
    /// Its rule score, rounded and shifted to 0 to 16.
    pub score: u32,
    /// A hash of the name.
    pub name: u32,
}

/// Of the places that bear a name, the first so many, the best known, are looked at.
const SENSES: usize = 3;

impl GazetteerNames {
    /// Describes the names found in a text, given the rule score of each in log-odds.
    pub fn new(words: &Words, found: &[GazetteerMatch<'_>], scores: &[f64]) -> Self {
        let mut tokens = vec![0; words.tokens.len()];
        let mut names = Vec::with_capacity(1 + 2 * found.len());
        names.push(Name::default());
        for (name, score) in found.iter().zip(scores) {
            let best = name.senses.iter().take(SENSES).map(|(place, kind)| (place.prominence(), place, kind));
            let best = best.max_by(|(a, ..), (b, ..)| a.total_cmp(b));
            let Some((prominence, place, kind)) = best else { continue };
            let demonym = name.senses.iter().any(|(_, kind)| *kind == NameKind::Demonym);
            let place_type = PlaceType::new(place, demonym).number();
            let prominence = prominence.clamp(0.0, 9.0) as u32;
            let single = u32::from(name.first == name.last);
            let abbreviated = u32::from(kind.is_abbreviated());
            let hash = (name.first..=name.last).fold(0u32, |h, at| (h ^ words.hash(at)).wrapping_mul(0x9e37_79b1));
            for (token, at) in tokens[name.first..=name.last].iter_mut().zip(name.first..) {
                let position = Position::new(at, name.first, name.last).number();
                *token = names.len() as u32;
                names.push(Name {
                    first: name.first as u32,
                    last: name.last as u32,
                    position,
                    place_type,
                    fine: position | place_type << 3 | prominence << 8 | single << 12 | codes::name_kind(*kind) << 13,
                    coarse: position | u32::from(demonym) << 3 | (prominence / 2) << 4 | abbreviated << 8,
                    score: (score.clamp(-8.0, 8.0) + 8.5) as u32,
                    name: hash,
                });
            }
        }
        GazetteerNames { tokens, names }
    }

    /// The name that a token is part of; all zeros outside names.
    pub fn at(&self, at: usize) -> Name {
        self.tokens.get(at).and_then(|&name| self.names.get(name as usize)).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::{GazetteerNames, PlaceType, Position};
    use crate::mention::matcher::longest_matches;
    use crate::mention::style;
    use crate::text::Words;
    use crate::text::tokenise;
    use toponym_languages::languages;

    #[test]
    fn tokens_know_their_name_and_their_position_in_it() {
        let gazetteer = crate::embedded().expect("the embedded gazetteer");
        let text = "French troops left New York City for Syria.";
        let tokens = tokenise(text, languages());
        let words = Words::new(text, &tokens, languages().default_language());
        let found = longest_matches(&words, &style::sentence_styles(&words), &gazetteer);
        let names = GazetteerNames::new(&words, &found, &vec![20.0; found.len()]);
        let of = |at: usize| (names.at(at).position, names.at(at).place_type);
        assert_eq!(of(0), (Position::Alone.number(), PlaceType::Demonym.number()));
        assert_eq!(of(1), (Position::Outside.number(), 0));
        let [city, country] = [PlaceType::Settlement, PlaceType::Country].map(PlaceType::number);
        let positions = [Position::First, Position::Between, Position::Last].map(Position::number);
        assert_eq!([3, 4, 5].map(of), positions.map(|position| (position, city)));
        assert_eq!(of(7), (Position::Alone.number(), country));
        assert_eq!((names.at(4).first, names.at(4).last, names.at(4).score), (3, 5, 16));
        assert_eq!(names.at(99).position, 0, "past the end");
    }
}
