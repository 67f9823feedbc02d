//! Names that their neighbours show to be places, whatever the tagger holds of them: the container of a place ("Spokane, WA"), what a
//! container is named before ("United Kingdom, England, Derby"), the items of a list of counties, the full names of countries, well-known
//! names among others, the places of datelines and of offices, and names that no gazetteer knows but that are said to be places.

mod beside;
mod contained;
mod datelined;
mod enumerated;
mod explained;
mod full_name;
mod headline;
mod listed;
mod neighbour;
mod of_office;
mod recorded;
mod unknown;

pub use contained::holds;

use super::matcher::GazetteerMatch;
use super::tagger::Tagged;
use super::{Kind, Mention, TextAnalysis, rule_score};
use crate::gazetteer::Gazetteer;
use crate::text::Words;
use std::ops::Range;

/// Number of the best-known senses of a name that are looked at.
const SENSES: usize = 12;

/// Probability that a name is a place's if that of which its neighbour shows it is one.
const SHOWN: f64 = 0.97;

/// Probability that the full name of a country is a mention, and an item of a list of counties.
const FULL_NAME: f64 = 0.95;

/// The probability below which nothing makes a name a place.
pub const LEAST: f64 = 0.08;

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
    found.add_datelined();
    found.add_places_of_office(gazetteer);
    found.add_items_of_enumerations(gazetteer);
    found.add_neighbours();
    found.add_contained(gazetteer, weak);
    found.add_before_containers();
    found.add_possessed();
    found.add_possessors();
    found.add_bracketed();
    found.add_coded();
    found.add_with_postcode();
    found.add_listed();
    found.add_in_lines();
    found.add_recorded(weak);
    found.add_beside(gazetteer);
    found.add_behind_adjectives();
    found.add_explained(gazetteer);
    found.add_unknown_headings(gazetteer);
    found.add_unknown_objects(gazetteer);
    found.add_place_of_headline(gazetteer, weak);
    mentions.extend(found.mentions.into_iter().flatten());
    mentions.sort_by_key(|mention| mention.start);
}

impl<'g> Found<'_, '_, 'g> {
    fn add(&mut self, mention: Mention<'g>) {
        self.taken[mention.first..=mention.last].fill(true);
        self.mention_at[mention.first..=mention.last].fill(Some(self.mentions.len()));
        self.mentions.push(Some(mention));
    }

    /// Raises the probability of the mention that is just these tokens to at least this one, if there is one.
    fn raise(&mut self, first: usize, last: usize, probability: f64) {
        let own = self.mention_at[first].and_then(|at| self.mentions[at].as_mut());
        if let Some(own) = own.filter(|own| (own.first, own.last) == (first, last)) {
            own.probability = own.probability.max(probability);
        }
    }

    /// Adds a name, or raises the probability of the mention that it is.
    fn add_or_raise(&mut self, name: &GazetteerMatch<'g>, probability: f64) {
        if self.is_mentioned(name.first, name.last) {
            self.raise(name.first, name.last, probability);
        } else {
            self.add_name(name, probability);
        }
    }

    fn add_name(&mut self, name: &GazetteerMatch<'g>, probability: f64) {
        self.add(rule_score::mention(self.words, name, Kind::Place, probability));
    }

    /// The mention that a token is in; none behind the last token.
    fn mention_at(&self, token: usize) -> Option<&Mention<'g>> {
        self.mentions[(*self.mention_at.get(token)?)?].as_ref()
    }

    /// The name of the gazetteer that begins with a token.
    fn match_from(&self, first: usize) -> Option<&GazetteerMatch<'g>> {
        self.matches.binary_search_by_key(&first, |name| name.first).ok().map(|at| &self.matches[at])
    }

    /// Whether no word with a capital follows a token.
    fn ends_name(&self, last: usize) -> bool {
        !self.words.next(last).is_some_and(|next| self.words.has_capital(next))
    }

    fn is_free(&self, first: usize, last: usize) -> bool {
        !self.taken[first..=last].iter().any(|taken| *taken)
    }

    fn is_mentioned(&self, first: usize, last: usize) -> bool {
        (first..=last).any(|at| self.mention_at[at].is_some())
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
        for text in ["Ohio: Willoughby", "Ohio: Willoughby (", "Ohio: Willoughby,", "Ohio /", "Ohio's"] {
            assert!(added(text, &["Ohio"]).is_empty(), "{text} ends before a container or what it contains");
        }
    }

    #[test]
    fn full_names_of_countries_and_items_of_enumerations_are_added() {
        assert_eq!(
            added("Elections in the Democratic Republic of the Congo.", &["Congo"]),
            ["Democratic Republic of the Congo"]
        );
        assert_eq!(added("In Lander, Nye and Mineral counties it rained.", &[]), ["Lander", "Nye", "Mineral"]);
        assert_eq!(added("Kawumu, Uganda", &["Uganda"]), ["Kawumu"]);
        assert_eq!(added("She lived in Dharavi, Kobe and Ziyang.", &["Dharavi", "Ziyang"]), ["Kobe"]);
        assert_eq!(added("1. Yibin\n2. Kennedy\n3. Melbourne", &["Yibin", "Melbourne"]), ["Kennedy"]);
        assert!(added("Yibin beat Kobe; Melbourne won.", &["Yibin", "Melbourne"]).is_empty(), "no list");
    }
}
