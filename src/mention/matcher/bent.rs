//! The search for names that are bent by the grammar of the language: "в Нижнем Новгороде".

use super::GazetteerMatch;
use super::search::{Search, places};
use super::written::written_as_name;
use crate::gazetteer::index::NameWalk;
use crate::gazetteer::{NameKind, PlaceRef};
use crate::mention::style::Style;
use crate::text::Kind;

/// No bent name has more words than this.
const MOST_WORDS: usize = 4;

/// The longest bent name so far, with the places of all names that its words may be bent forms of: "Dubnie" of Dubna and of Dubno.
struct Longest<'g> {
    last: usize,
    name: String,
    senses: Vec<(PlaceRef<'g>, NameKind)>,
}

impl<'g> Search<'_, '_, 'g> {
    /// The name at a token whose words are bent, if it is longer than the name that is found as it is written. Else that stays, with the
    /// places of the bent name if one is better known: "Łucka", Lucka in Thuringia, of Łuck.
    pub fn bent(&mut self, at: usize, style: Style, written: Option<GazetteerMatch<'g>>) -> Option<GazetteerMatch<'g>> {
        let endings = &self.words.language().case_endings;
        if endings.is_empty() || self.words.tokens[at].kind != Kind::Word {
            return written;
        }
        let mut longest = None;
        let layers = self.gazetteer.layers().iter().zip(0..);
        for (index, layer) in layers.filter(|(_, layer)| self.gazetteer.tells_names(*layer)) {
            let mut name = String::new();
            self.step((at, at), style, (index.walk(), layer), &mut name, &mut longest);
        }
        let Some(Longest { last, name, mut senses }) = longest else { return written };
        best_known_first(&mut senses);
        match written {
            Some(written) if written.last > last || written.prefix > 0 => Some(written),
            Some(written) if written.last == last => {
                if prominence(&senses) <= prominence(&written.senses) {
                    return Some(written);
                }
                let mut both = written.senses.to_vec();
                add(&mut both, senses);
                best_known_first(&mut both);
                Some(GazetteerMatch::new(at, last, 0, self.names.share(&written.name, &both)))
            }
            _ => Some(GazetteerMatch::new(at, last, 0, self.names.share(&name, &senses))),
        }
    }

    /// Walks on with the word at the second token, as it is written and as it may be unbent, and notes the names that end there.
    fn step(
        &self,
        (first, at): (usize, usize),
        style: Style,
        (walk, layer): (NameWalk<'g>, u16),
        name: &mut String,
        longest: &mut Option<Longest<'g>>,
    ) {
        let (words, length) = (self.words, name.len());
        let folded = words.folded(at);
        let mut try_word = |word: &str| {
            name.truncate(length);
            name.push_str(word);
            let Some(walk) = walk.going(word) else { return };
            if longest.as_ref().is_none_or(|longest| at >= longest.last) && written_as_name(words, first, at, style) {
                let found = places(words, first, at, style, self.gazetteer, (layer, walk.postings()));
                let senses: Vec<_> = found.filter(|(_, kind)| *kind != NameKind::Abbreviation).collect();
                match longest {
                    _ if senses.is_empty() => {}
                    Some(longest) if longest.last == at => add(&mut longest.senses, senses),
                    _ => *longest = Some(Longest { last: at, name: name.clone(), senses }),
                }
            }
            let Some(next) = words.next(at).filter(|next| next - first < MOST_WORDS && words.has_capital(*next)) else {
                return;
            };
            if let Some(walk) = walk.going(" ") {
                name.push(' ');
                self.step((first, next), style, (walk, layer), name, longest);
            }
        };
        try_word(folded);
        words.language().case_endings.bases(folded, try_word);
    }
}

type Sense<'g> = (PlaceRef<'g>, NameKind);

/// Adds the senses that are not there yet.
fn add<'g>(senses: &mut Vec<Sense<'g>>, more: Vec<Sense<'g>>) {
    for (place, kind) in more {
        if !senses.iter().any(|(known, _)| known.key() == place.key()) {
            senses.push((place, kind));
        }
    }
}

fn best_known_first(senses: &mut [Sense<'_>]) {
    senses.sort_by(|(a, _), (b, _)| b.prominence().total_cmp(&a.prominence()).then(a.key().cmp(&b.key())));
}

/// The prominence of the best known place.
fn prominence(senses: &[Sense<'_>]) -> f64 {
    senses.iter().map(|(place, _)| place.prominence()).fold(0.0, f64::max)
}
