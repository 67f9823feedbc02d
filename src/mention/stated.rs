//! Names that their neighbours show to be places, whatever the tagger holds of them: the container of a place ("Spokane, WA"), what a
//! container is named before ("United Kingdom, England, Derby"), the items of a list of counties, and the full names of countries.

use super::gap::{COMMA, Gap};
use super::matcher::GazetteerMatch;
use super::tagger::{Class, Tagged};
use super::{Kind, Mention, TextAnalysis, plural_beside, rule_score, tagged};
use crate::gazetteer::{Gazetteer, NameKind, PlaceRef};
use crate::probability::{logit, sigmoid};
use crate::text;
use crate::text::Words;
use crate::text::language::FeatureTypes;
use crate::text::lexicon::Roles;
use std::ops::Range;

/// Number of the best-known senses of a name that are looked at.
const SENSES: usize = 12;

/// Probability that a name is a place's if that of which its neighbour shows it is one.
const SHOWN: f64 = 0.97;

/// Probability that the full name of a country is a mention, and an item of a list of counties.
const FULL_NAME: f64 = 0.95;

/// Words of a name that is a country's or division's and nothing else.
const FULL_NAME_WORDS: usize = 3;

/// What a container behind a name adds to its log-odds.
const CONTAINED: f64 = 2.0;

/// The log-odds of a probability are taken this far from 0 and 1.
const MARGIN: f64 = 1e-6;

/// The probability below which nothing makes a name a place.
pub const LEAST: f64 = 0.08;

/// Words of an unknown name, at most, and the probability that they name a place if what stands behind them does.
const UNKNOWN_WORDS: usize = 3;
const UNKNOWN: f64 = 0.8;

/// Tokens between a name and its container, at most.
const NEAR: usize = 5;

/// What is being added to.
struct Found<'f, 'w, 'g> {
    words: &'f Words<'w>,
    matches: &'f [GazetteerMatch<'g>],
    /// Whether a token is in a mention, or in the name of a person.
    taken: &'f mut [bool],
    /// The mentions, those that give way to a longer one removed.
    mentions: Vec<Option<Mention<'g>>>,
    /// The mention that each token is in.
    mention_at: Vec<Option<usize>>,
}

/// Adds such names. `weak` are the tagger's places with their weighed probabilities, those below its threshold among them; `taken` are
/// the tokens of mentions and people.
pub fn add<'g>(
    analysis: &TextAnalysis<'_, 'g>,
    gazetteer: &'g Gazetteer,
    weak: &[Tagged],
    taken: &mut [bool],
    mentions: &mut Vec<Mention<'g>>,
) {
    let mut found = Found {
        words: analysis.words,
        matches: &analysis.matches,
        mention_at: vec![None; taken.len()],
        taken,
        mentions: Vec::with_capacity(mentions.len()),
    };
    mentions.drain(..).for_each(|mention| found.add(mention));
    found.add_full_names();
    found.add_items_of_enumerations(gazetteer);
    found.add_neighbours();
    found.add_contained(gazetteer, weak);
    found.add_unknown_headings(gazetteer);
    mentions.extend(found.mentions.into_iter().flatten());
    mentions.sort_by_key(|mention| mention.start);
}

impl<'g> Found<'_, '_, 'g> {
    fn add(&mut self, mention: Mention<'g>) {
        self.taken[mention.first..=mention.last].fill(true);
        self.mention_at[mention.first..=mention.last].fill(Some(self.mentions.len()));
        self.mentions.push(Some(mention));
    }

    fn add_name(&mut self, name: &GazetteerMatch<'g>, probability: f64) {
        self.add(rule_score::mention(self.words, name, Kind::Place, probability));
    }

    fn mention_at(&self, token: usize) -> Option<&Mention<'g>> {
        self.mentions[self.mention_at[token]?].as_ref()
    }

    fn is_free(&self, first: usize, last: usize) -> bool {
        !self.taken[first..=last].iter().any(|taken| *taken)
    }

    fn is_mentioned(&self, first: usize, last: usize) -> bool {
        (first..=last).any(|at| self.mention_at[at].is_some())
    }

    /// The full names of countries and first-level divisions, of which the tagger may have found a part: "Democratic Republic of the
    /// Congo".
    fn add_full_names(&mut self) {
        for name in self.matches {
            let (first, last) = (name.first, name.last);
            let is_words = (first..=last).filter(|&at| self.words.tokens[at].is_word()).count();
            let division = |(place, kind): &(PlaceRef<'_>, NameKind)| {
                *kind != NameKind::Demonym && (place.is_country() || place.is_division1())
            };
            let longer = self.words.phrase_at(first, Roles::NOT_A_PLACE) > last - first + 1;
            if is_words < FULL_NAME_WORDS || longer || !name.senses.iter().take(SENSES).any(division) {
                continue;
            }
            let inside = |own: &Mention<'_>| first <= own.first && own.last <= last;
            let whole = |own: &Mention<'_>| (own.first, own.last) == (first, last);
            let parts: Vec<usize> = (first..=last).filter_map(|at| self.mention_at[at]).collect();
            let mut own = parts.iter().filter_map(|&at| self.mentions[at].as_ref());
            // Without a part the words are free, or those of somebody's name.
            let free = !parts.is_empty() || self.is_free(first, last);
            if free && own.all(|own| inside(own) && !whole(own)) {
                parts.iter().for_each(|&at| self.mentions[at] = None);
                self.add_name(name, FULL_NAME);
            }
        }
    }

    /// The items of lists with a plural such as "counties" behind them.
    fn add_items_of_enumerations(&mut self, gazetteer: &'g Gazetteer) {
        let words = self.words;
        let types = |at: usize| words.language().generic_types.behind(words.key(at));
        let divisions = |at: usize| types(at).intersects(FeatureTypes::DIVISION2) && !words.has_capital(at);
        for sentence in sentences(words).filter(|sentence| sentence.clone().any(divisions)) {
            let mut first = sentence.start;
            while first < sentence.end {
                let run = (first..sentence.end).take_while(|&at| words.has_capital(at)).count();
                if run == 0 {
                    first += 1;
                    continue;
                }
                let run = first..first + run;
                first = run.end;
                let last = run.end - 1;
                let whole = self.mention_at(run.start).is_some_and(|own| own.last >= last);
                if whole || !plural_beside(words, run.start, last).is_some_and(divisions) {
                    continue;
                }
                // "In Lander, Nye and Mineral counties": the word that opens the sentence is no part of the name.
                let opens = words.tokens[run.start].opens && run.len() > 1;
                let starts = run.start..=run.start + usize::from(opens);
                let known = |&start: &usize| {
                    let extending = words.language().generic_types.extending().iter().map(String::as_str);
                    !gazetteer.named_behind(&words.folded_phrase(start..run.end), extending).is_empty()
                };
                let Some(name) = starts.into_iter().find(known).map(|start| start..run.end) else { continue };
                if self.mention_at(name.start).is_some_and(|own| own.last >= last) {
                    continue;
                }
                // A part of the name, such as "Zandt" of "Van Zandt", gives way to it.
                let parts: Vec<usize> = name.clone().filter_map(|at| self.mention_at[at]).collect();
                parts.iter().for_each(|&at| self.mentions[at] = None);
                let item = Tagged { first: name.start, last, class: Class::Place, probability: FULL_NAME };
                let item = tagged::mention(words, self.matches, gazetteer, &item, Kind::Place);
                item.into_iter().for_each(|item| self.add(item));
            }
        }
    }

    /// The containers of mentions, and what lies in them.
    fn add_neighbours(&mut self) {
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

    /// Names that are doubtful by themselves but are said to lie in a country or division: "Families fled Xyzzy in Tamil Nadu".
    fn add_contained(&mut self, gazetteer: &'g Gazetteer, weak: &[Tagged]) {
        for name in weak.iter().filter(|name| name.class == Class::Place) {
            if !self.is_free(name.first, name.last) {
                continue;
            }
            let end = self.mention_at.len().min(name.last + 1 + NEAR);
            let Some(container) = (name.last + 1..end).find_map(|at| self.mention_at(at)) else { continue };
            let Some(own) = tagged::mention(self.words, self.matches, gazetteer, name, Kind::Place) else { continue };
            let gap = Gap::new(self.words, &own, container);
            let division = container.senses.iter().take(SENSES).any(|(place, _)| place.class() == 'A');
            if division && container.kind == Kind::Place && (gap.behind >= COMMA || gap.is_outright_behind()) {
                let probability = sigmoid(logit(name.probability, MARGIN) + CONTAINED);
                self.add(Mention { probability, ..own });
            }
        }
    }

    /// Unknown words that open a line and have a country or division behind a comma: "Kawumu, Uganda".
    fn add_unknown_headings(&mut self, gazetteer: &'g Gazetteer) {
        for Range { start: first, end } in sentences(self.words) {
            let unknown = |at: &usize| {
                !self.taken[*at]
                    && self.words.has_capital(*at)
                    && !self.words.roles(*at).any(Roles::ENGLISH | Roles::ORDINARY | Roles::GIVEN | Roles::SURNAME)
            };
            let Some(last) = (first..end.min(first + UNKNOWN_WORDS)).take_while(unknown).last() else { continue };
            let comma = self.words.tokens.get(last + 1).is_some_and(|token| token.kind == text::Kind::Comma);
            let container = (last + 2 < end && comma).then(|| self.mention_at(last + 2)).flatten();
            let division =
                |(place, kind): &(PlaceRef<'_>, NameKind)| *kind != NameKind::Demonym && place.class() == 'A';
            let Some(container) = container.filter(|own| own.senses.iter().take(SENSES).any(division)) else {
                continue;
            };
            let probability = container.probability * UNKNOWN;
            let name = Tagged { first, last, class: Class::Place, probability };
            let own = tagged::mention(self.words, self.matches, gazetteer, &name, Kind::Place);
            own.into_iter().for_each(|own| self.add(own));
        }
    }
}

/// The tokens of each sentence.
fn sentences(words: &Words<'_>) -> impl Iterator<Item = Range<usize>> {
    let tokens = words.tokens.chunk_by(|one, next| one.sentence == next.sentence);
    tokens.scan(0, |end, sentence| {
        let start = *end;
        *end += sentence.len();
        Some(start..*end)
    })
}

#[cfg(test)]
mod tests {
    use super::add;
    use crate::mention::{Mention, TextAnalysis, read_words};
    use crate::text::tokenise;
    use toponym_languages::languages;

    /// The names that are added to no mentions, or to those that cover these words of the text.
    fn added(text: &str, known: &[&str]) -> Vec<String> {
        let gazetteer = crate::embedded().expect("the embedded gazetteer");
        let tokens = tokenise(text, languages());
        let (words, _) = read_words(text, &tokens, None);
        let analysis = TextAnalysis::new(&words, &gazetteer);
        let spans = known.iter().map(|name| {
            let start = text.find(name).expect("a name of the text");
            (start..start + name.len()).into()
        });
        let spans: Vec<_> = spans.collect();
        let given = crate::mention::given(&crate::Document::new("", text), &tokens, &gazetteer, &spans);
        let mut mentions: Vec<Mention<'_>> = given.mentions.into_iter().map(|(_, mention)| mention).collect();
        let mut taken = vec![false; tokens.list.len()];
        add(&analysis, &gazetteer, &[], &mut taken, &mut mentions);
        let name = |mention: &Mention<'_>| text[mention.start..mention.end].to_owned();
        mentions.iter().map(name).filter(|name| !known.contains(&&name[..])).collect()
    }

    #[test]
    fn containers_and_what_they_contain_are_added() {
        assert_eq!(added("Fire in Spokane, WA, on Monday.", &["Spokane"]), ["WA"]);
        assert_eq!(added("Commerce (CA) is small.", &["Commerce"]), ["CA"]);
        assert_eq!(added("Ghana / Western / Tarkwa", &["Ghana", "Western"]), ["Tarkwa"]);
        assert!(added("He met Paris, Texas fans said.", &[]).is_empty(), "nothing is known to be a place");
    }

    #[test]
    fn full_names_of_countries_and_items_of_enumerations_are_added() {
        assert_eq!(
            added("Elections in the Democratic Republic of the Congo.", &["Congo"]),
            ["Democratic Republic of the Congo"]
        );
        assert_eq!(added("In Lander, Nye and Mineral counties it rained.", &[]), ["Lander", "Nye", "Mineral"]);
        assert_eq!(added("Kawumu, Uganda", &["Uganda"]), ["Kawumu"]);
    }
}
