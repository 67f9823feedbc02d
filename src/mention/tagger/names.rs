//! What the gazetteer says of the tokens.

use crate::gazetteer::NameKind;
use crate::mention::matcher::GazetteerMatch;
use crate::text::Words;

/// What the gazetteer says of each token of a text, most of which are in no name.
pub struct Gazetted {
    /// The name that each token is in, as its index in `names`, of which the first is no name.
    tokens: Vec<u32>,
    names: Vec<Name>,
}

/// The gazetteer's name that a token is part of, as numbers.
#[derive(Clone, Copy, Debug, Default)]
pub struct Name {
    /// Its first token.
    pub first: u32,
    /// Its last token.
    pub last: u32,
    /// Where in it the token is: 0 in none, then alone, first, last, between.
    pub position: u32,
    /// What sort of place bears it.
    pub sort: u32,
    /// All that is known of it.
    pub fine: u32,
    /// The little that matters most.
    pub coarse: u32,
    /// What the rules make of it.
    pub odds: u32,
    /// The name itself.
    pub name: u32,
}

impl Gazetted {
    /// Looks at the names found, and at what the rules make of each, in log-odds.
    pub fn of(words: &Words, found: &[GazetteerMatch<'_>], odds: &[f64]) -> Self {
        let mut tokens = vec![0; words.tokens.len()];
        let mut names = Vec::with_capacity(1 + 2 * found.len());
        names.push(Name::default());
        for (name, odds) in found.iter().zip(odds) {
            // The best known come first.
            let first = name.senses.iter().take(3).map(|(place, kind)| (place.prominence(), place, kind));
            let best = first.max_by(|(a, ..), (b, ..)| a.total_cmp(b));
            let Some((prominence, place, kind)) = best else { continue };
            let demonym = name.senses.iter().any(|(_, kind)| *kind == NameKind::Demonym);
            let sort = match place.class() {
                _ if demonym => 1,
                'A' if place.is_country() => 2,
                'A' if place.is_division1() => 3,
                'A' => 4,
                'P' => 5,
                'H' => 6,
                'T' => 7,
                'L' => 8,
                _ => 9,
            };
            let known = prominence.clamp(0.0, 9.0) as u32;
            let single = u32::from(name.first == name.last);
            let abbreviated = u32::from(kind.is_abbreviated());
            let hash = (name.first..=name.last).fold(0u32, |h, at| (h ^ words.hash(at)).wrapping_mul(0x9e37_79b1));
            for (token, at) in tokens[name.first..=name.last].iter_mut().zip(name.first..) {
                let position = match (at == name.first, at == name.last) {
                    (true, true) => 1,
                    (true, false) => 2,
                    (false, true) => 3,
                    (false, false) => 4,
                };
                *token = names.len() as u32;
                names.push(Name {
                    first: name.first as u32,
                    last: name.last as u32,
                    position,
                    sort,
                    fine: position | sort << 3 | known << 8 | single << 12 | (*kind as u32) << 13,
                    coarse: position | u32::from(sort == 1) << 3 | (known / 2) << 4 | abbreviated << 8,
                    odds: (odds.clamp(-8.0, 8.0) + 8.5) as u32,
                    name: hash,
                });
            }
        }
        Gazetted { tokens, names }
    }

    /// The name that a token is part of.
    pub fn at(&self, at: usize) -> Name {
        self.tokens.get(at).and_then(|&name| self.names.get(name as usize)).copied().unwrap_or_default()
    }
}
