//! The places that the tagger found -> mentions.

use super::bearers;
use super::gap::is_postal;
use super::language;
use super::matcher::GazetteerMatch;
use super::proclitic;
use super::rule_score;
use super::tagger::{Class, Tagged, Tags};
use super::weighing::{self, Evidence, Weighing};
use super::{Kind, Mention, TextAnalysis, is_conjunction, stated, unspaced};
use crate::candidate;
use crate::gazetteer::{Gazetteer, NameKind};
use crate::probability::sigmoid;
use crate::text;
use crate::text::language::FeatureTypes;
use crate::text::language::containers::GapPart;
use crate::text::lexicon::Roles;
use crate::text::{Case, Words};
use std::collections::BTreeMap;

/// Names of places at least this prominent are split at hyphens. Others may be parts of one longer name: "Neuilly-Plaisance".
const WELL_KNOWN: f64 = 4.0;

/// A name is looked for among so many of those before it, since they stand in the order of the text.
const NEARBY: usize = 16;

/// What a place of the user's own list adds to the log-odds that its name is a mention.
const OWN: f64 = 3.0;

/// Uncalibrated probability that an adjective or people of the gazetteer is a mention.
const DEMONYM: f64 = 0.9;

/// The tagged places without overlaps, in the order of the text. `weigh` gets the evidence for each candidate and returns what is to
/// be kept with it, or `None` for one that is too improbable: such a candidate suppresses no other, not "Damascus-Homs" the names
/// "Damascus" and "Homs". Of candidates that overlap the one that the tagger holds most probable is kept.
#[cfg(any(test, feature = "train"))]
pub fn places<T>(
    analysis: &TextAnalysis<'_, '_>,
    tags: &Tags,
    weigh: impl Fn(&Evidence) -> Option<T>,
) -> Vec<(Tagged, T)> {
    without_overlaps(weighed(analysis, tags, weigh).collect())
}

/// The tagged places, overlapping ones too, with what `weigh` makes of the evidence for each.
fn weighed<T>(
    analysis: &TextAnalysis<'_, '_>,
    tags: &Tags,
    weigh: impl Fn(&Evidence) -> Option<T>,
) -> impl Iterator<Item = (Tagged, T)> {
    let TextAnalysis { words, matches: found, rule_scores: scores, .. } = analysis;
    split_sequences(words, found, &tags.places).into_iter().filter_map(move |name| {
        // A word of the language that no place bears as its name: "Kurdish"; nor is "OK" Oklahoma where the rules are against it.
        let word = name.first == name.last && words.roles(name.first).any(Roles::ENGLISH | Roles::ORDINARY);
        let names_it = |at: &usize| {
            let short = found[*at].senses.iter().all(|(_, kind)| *kind == NameKind::Abbreviation);
            !(scores[*at].demonym || word && short && scores[*at].log_odds < 0.0)
        };
        let score = match_at(found, name.first, name.last).filter(names_it).map(|at| &scores[at]);
        let evidence = weighing::evidence(&name, score, word);
        Some((name, weigh(&evidence)?))
    })
}

/// The tagged places, in which sequences of well-known names, hyphenated ("the Damascus-Homs highway"), in writing without spaces
/// ("中国北京", China and its capital) or of countries with a conjunction, levels with a slash, a country or division with a place that it
/// is said to have ("Chile's Victoria", "La Porte, Indiana"), and places of which one acts on the other ("South Korea warns Japan"), are replaced by the single
/// names. Each name gets the probability of the sequence added to its own, up to 1.
fn split_sequences(words: &Words, found: &[GazetteerMatch<'_>], places: &[Tagged]) -> Vec<Tagged> {
    let mut split: Vec<Tagged> = Vec::with_capacity(places.len());
    let mut add = |name: Tagged| match split
        .iter_mut()
        .rev()
        .take(NEARBY)
        .find(|other| (other.first, other.last) == (name.first, name.last))
    {
        Some(other) => other.probability = (other.probability + name.probability).min(1.0),
        None => split.push(name),
    };
    let names: Vec<Tagged> = places.iter().flat_map(|name| unspaced::parts(words, found, name)).collect();
    for name in &names {
        let from = found.partition_point(|part| part.first < name.first);
        let parts = found[from..].iter().take_while(|part| part.last <= name.last);
        // "i" is a word in "Perth i Skottland", whatever else is called so.
        let is_word =
            |part: &GazetteerMatch<'_>| words.tokens[part.first].case == Case::Lower && part.first == part.last;
        let parts: Vec<&GazetteerMatch<'_>> = parts.filter(|part| part.last == name.last || !is_word(part)).collect();
        let one_between = |pair: &[&GazetteerMatch<'_>]| pair[0].last + 2 == pair[1].first;
        let joined = |pair: &[&GazetteerMatch<'_>]| {
            let at = pair[0].last + 1;
            let behind = words.tokens[at].kind;
            let conjunction = is_conjunction(words, at)
                && pair.iter().any(|part| part.senses.first().is_some_and(|(place, _)| place.is_country()));
            one_between(pair) && (behind == text::Kind::Hyphen || conjunction)
                || at == pair[1].first && behind == text::Kind::Unspaced
        };
        let level = |pair: &[&GazetteerMatch<'_>]| {
            let (one, mark) = (words.tokens[pair[0].last], words.tokens[pair[0].last + 1]);
            one_between(pair) && one.end < mark.start && matches!(mark.slice(words.text), "/" | ">")
        };
        let ends = parts.first().zip(parts.last()).map(|(head, tail)| (head.first, tail.last));
        let well_known = |part: &&GazetteerMatch<'_>| {
            part.senses.iter().any(|(place, kind)| *kind != NameKind::Demonym && place.prominence() >= WELL_KNOWN)
        };
        let sequence = parts.len() > 1 && parts.windows(2).all(joined) && parts.iter().all(well_known);
        let levels = parts.len() > 1 && parts.windows(2).all(level);
        // "Chile's Victoria", "La Porte, Indiana", "Paris TX"
        let contained = match parts[..] {
            [one, other] if one.last + 2 == other.first => match words.tokens[one.last + 1].kind {
                text::Kind::Possessive => stated::holds(&one.senses, &other.senses),
                text::Kind::Comma => {
                    match_at(found, name.first, name.last).is_none() && stated::holds(&other.senses, &one.senses)
                }
                // "Manchester i New Hampshire"
                text::Kind::Word => {
                    let between = one.last + 1;
                    let cue = GapPart::word(words.key(between));
                    let inside = words.language().containers.behind(&[cue]) > 0.0 && !words.has_capital(between);
                    inside
                        && match_at(found, name.first, name.last).is_none()
                        && stated::holds(&other.senses, &one.senses)
                }
                _ => false,
            },
            // "تعز المظفر": a division and a place of it, one behind the other.
            [one, other] => {
                let unknown = one.last + 1 == other.first && match_at(found, name.first, name.last).is_none();
                let holds = || stated::holds(&one.senses, &other.senses) || stated::holds(&other.senses, &one.senses);
                unknown && holds()
                    || is_postal(words, (one.last, &one.senses), (other.first..=other.last, &other.senses))
            }
            _ => false,
        };
        // "South Korea warns Republic of the Congo": one acts on the other.
        let acts = |at: usize| !words.has_capital(at) && words.roles(at).any(Roles::ACTS | Roles::ACTED_ON);
        let acted = |pair: &[&GazetteerMatch<'_>]| one_between(pair) && acts(pair[0].last + 1);
        let clause = parts.len() > 1 && parts.windows(2).all(acted);
        let whole = ends == Some((name.first, name.last));
        let within = proclitic::split(words, &parts, name);
        match whole && (contained || sequence || levels || clause) {
            true => parts.iter().for_each(|part| add(Tagged { first: part.first, last: part.last, ..*name })),
            false if !within.is_empty() => within.into_iter().for_each(&mut add),
            false => match unspaced::container_end(words, &parts, name) {
                Some(last) => {
                    add(Tagged { last, ..*name });
                    add(Tagged { first: last + 1, ..*name });
                }
                None => {
                    add(Tagged { first: name.first + usize::from(unspaced::has_prefix(words, &parts, name)), ..*name })
                }
            },
        }
    }
    split.sort_by_key(|name| (name.first, name.last));
    split
}

/// The names, of those that overlap only the most probable, in the order of the text.
fn without_overlaps<T>(mut names: Vec<(Tagged, T)>) -> Vec<(Tagged, T)> {
    names.sort_by(|(a, _), (b, _)| b.probability.total_cmp(&a.probability).then(a.first.cmp(&b.first)));
    let mut kept: BTreeMap<usize, (Tagged, T)> = BTreeMap::new();
    for (name, own) in names {
        // None of those kept overlap, so that only the last that begins before this one's end can overlap this one.
        if kept.range(..=name.last).next_back().is_none_or(|(_, (other, _))| other.last < name.first) {
            kept.insert(name.first, (name, own));
        }
    }
    kept.into_values().collect()
}

/// The mentions of places that the tagger found with at least the probability `threshold` (uncalibrated), and the demonyms outside
/// them and outside the names of people, in the order of the text.
pub fn mentions<'g>(
    analysis: &TextAnalysis<'_, 'g>,
    gazetteer: &'g Gazetteer,
    tags: &Tags,
    weighing: &Weighing,
    threshold: f64,
) -> Vec<Mention<'g>> {
    let TextAnalysis { words, matches: found, rule_scores: scores, .. } = analysis;
    let mut mentions: Vec<Mention<'g>> = Vec::new();
    let mut taken = vec![false; words.tokens.len()];
    tags.people.iter().for_each(|&(first, last)| taken[first..=last].fill(true));
    // What overlaps what depends on the threshold, the evidence does not.
    let weighed: Vec<_> = weighed(analysis, tags, |evidence| Some(weighing.probability(evidence))).collect();
    let at_least = |least: f64| {
        let likely = weighed.iter().copied().filter(|(_, probability)| *probability >= least);
        let places = without_overlaps(likely.collect()).into_iter();
        places.map(|(name, probability)| Tagged { probability, ..name }).collect::<Vec<_>>()
    };
    let (places, weak) = (at_least(threshold), at_least(stated::LEAST));
    for name in join(&places, found) {
        let (never, length) = (words.phrase_at(name.first, Roles::NOT_A_PLACE), name.last - name.first + 1);
        // "The Bank of England" is no place, however likely it seems.
        if never == length {
            continue;
        }
        taken[name.first..=name.last].fill(true);
        let kind = match match_at(found, name.first, name.last) {
            _ if name.class == Class::Embedded => Kind::Embedded,
            Some(at) if scores[at].inside => Kind::Embedded,
            // "New York" in "the New York Times".
            None if never > length => Kind::Embedded,
            _ => Kind::Place,
        };
        mentions.extend(mention(words, found, gazetteer, &name, kind));
    }
    add_own(analysis, tags, &mut taken, &mut mentions);
    stated::add(analysis, gazetteer, &weak, &mut taken, &mut mentions);
    for (name, score) in found.iter().zip(scores).filter(|(_, score)| score.demonym) {
        if !taken[name.first..=name.last].iter().any(|taken| *taken) {
            let kind = if score.inside { Kind::Embedded } else { Kind::Demonym };
            mentions.push(rule_score::mention(words, name, kind, DEMONYM));
        }
    }
    // The tagger was not trained on other scripts; there the rules decide, as they do in texts of other languages.
    for (name, score) in found.iter().zip(scores).filter(|(_, score)| !score.demonym && !score.street) {
        let free = !taken[name.first..=name.last].iter().any(|taken| *taken);
        if free && language::is_in_other_script(words, name.first) {
            mentions.push(rule_score::mention(words, name, Kind::Place, sigmoid(score.log_odds)));
        }
    }
    mentions.sort_by_key(|mention| mention.start);
    unspaced::take_apart(words, gazetteer, &mut mentions);
    bearers::leave_out(analysis, &tags.people, gazetteer, &mut mentions);
    proclitic::cut(words, &tags.people, &mut mentions);
    // "叙利亚人" are people.
    for mention in mentions.iter_mut().filter(|mention| mention.kind == Kind::Place) {
        let behind = words.text.get(mention.end..).unwrap_or("");
        if words.language().demonym_endings.begins(behind) {
            mention.kind = Kind::Demonym;
        }
    }
    mentions
}

/// The index of the name of the gazetteer that covers exactly these tokens, if there is one. The names are in the order of the text.
fn match_at(found: &[GazetteerMatch<'_>], first: usize, last: usize) -> Option<usize> {
    found.binary_search_by_key(&first, |name| name.first).ok().filter(|&at| found[at].last == last)
}

/// The places, in which neighbours that together are one name of the gazetteer are joined: "Washington, D.C.", "Trinidad and Tobago".
fn join(places: &[Tagged], found: &[GazetteerMatch<'_>]) -> Vec<Tagged> {
    let mut joined: Vec<Tagged> = Vec::new();
    for place in places {
        let at = found.partition_point(|name| name.last < place.last);
        let whole = found.get(at).filter(|name| name.last == place.last && name.first < place.first);
        let head = whole.and_then(|name| joined.binary_search_by_key(&name.first, |other| other.first).ok());
        match head {
            Some(head) => {
                let probability = joined[head].probability.min(place.probability);
                joined.truncate(head + 1);
                joined[head] = Tagged { last: place.last, probability, ..joined[head] };
            }
            None => joined.push(*place),
        }
    }
    joined
}

/// Adds the names of the user's own places that the tagger has not found, or of which it has found only a part.
fn add_own<'g>(analysis: &TextAnalysis<'_, 'g>, tags: &Tags, taken: &mut [bool], mentions: &mut Vec<Mention<'g>>) {
    let TextAnalysis { words, matches: found, rule_scores: scores, .. } = analysis;
    for (name, score) in found.iter().zip(scores) {
        let own = name.senses.iter().any(|(place, kind)| *kind != NameKind::Demonym && place.is_own());
        let log_odds = score.log_odds + OWN;
        if !own || log_odds < 0.0 {
            continue;
        }
        let span = (name.first, name.last);
        let overlaps = |(first, last): (usize, usize)| first <= span.1 && span.0 <= last;
        // "Lee" and "Gordon" in "Lee and Gordon's Mill" are no people, "Corinth" in "George Corinth" is no place.
        let is_part = |other: (usize, usize)| other != span && span.0 <= other.0 && other.1 <= span.1;
        let is_free = |other: (usize, usize)| !overlaps(other) || is_part(other);
        let others = || mentions.iter().map(|mention| (mention.first, mention.last));
        if tags.people.iter().copied().all(is_free) && others().all(is_free) {
            mentions.retain(|mention| !overlaps((mention.first, mention.last)));
            taken[name.first..=name.last].fill(true);
            mentions.push(rule_score::mention(words, name, Kind::Place, sigmoid(log_odds)));
        }
    }
}

/// The mention that a tagged name is; `None` if it has no word. Marks at its ends are left out.
pub fn mention<'g>(
    words: &Words,
    found: &[GazetteerMatch<'g>],
    gazetteer: &'g Gazetteer,
    name: &Tagged,
    kind: Kind,
) -> Option<Mention<'g>> {
    let mark = |at: usize| !words.tokens[at].is_word();
    let first = (name.first..=name.last).find(|&at| !mark(at))?;
    let last = (first..=name.last).rev().find(|&at| !mark(at))?;
    let last = if is_numbered_street(words, first, last) { last + 1 } else { last };
    let (first, last) = without_generics(words, gazetteer, first, last);
    let known = match_at(found, first, last).map(|at| &found[at]);
    let genitive = with_genitive(words, gazetteer, first, last);
    if let Some(known) = known.filter(|_| genitive.is_none()) {
        let demonym = known.senses.iter().any(|(_, kind)| *kind == NameKind::Demonym);
        let kind = if demonym && kind == Kind::Place { Kind::Demonym } else { kind };
        return Some(rule_score::mention(words, known, kind, name.probability));
    }
    let (start, mut end) = (words.tokens[first].start, words.tokens[last].end);
    // "Main St." includes its stop if the tagger has it inside the name.
    if name.last > last && words.tokens[last + 1].kind == text::Kind::Stop {
        end = words.tokens[last + 1].end;
    }
    let (last, end) = genitive.map_or((last, end), |end| (last + 1, end));
    let written = words.text.get(start..end)?;
    let (folded, senses) = candidate::exact(gazetteer, written).unwrap_or_else(|| (text::fold(written), Vec::new()));
    let probability = name.probability;
    Some(Mention {
        start,
        end,
        first,
        last,
        kind,
        name: folded.into(),
        senses: senses.into(),
        probability,
        metonymic: false,
        modified: false,
        reach: None,
    })
}

/// The end of the mark of the genitive behind a name, if a capital is called so with it and none without: "St. John's".
fn with_genitive(words: &Words, gazetteer: &Gazetteer, first: usize, last: usize) -> Option<usize> {
    let mark = words.tokens.get(last + 1).filter(|token| token.kind == text::Kind::Possessive)?;
    let is_capital = |end: usize, fits: fn(NameKind) -> bool| {
        let name = text::fold(words.text.get(words.tokens[first].start..end).unwrap_or(""));
        gazetteer.named(&name).any(|(place, kind)| fits(kind) && place.is_capital())
    };
    let called_so = is_capital(mark.end, |kind| kind != NameKind::Historic);
    (called_so && !is_capital(words.tokens[last].end, |kind| kind == NameKind::Primary)).then_some(mark.end)
}

/// The tokens of a name without the common nouns of divisions at its ends, which are no part of it: "Kampot province", "US-Bundesstaat
/// Georgia", "ولایت هرات", "بمحافظة إدلب". Before a name they are left out only if a place is called as the rest is; those with a capital only if
/// none is called as the whole: "Landkreises Görlitz", but not "Landkreis Görlitz".
fn without_generics(words: &Words, gazetteer: &Gazetteer, first: usize, last: usize) -> (usize, usize) {
    let generic_types = &words.language().generic_types;
    let behind = |at: usize| {
        let types = generic_types.behind(words.key(at));
        let other = [FeatureTypes::SETTLEMENT, FeatureTypes::LANDFORM, FeatureTypes::WATER, FeatureTypes::SITE];
        words.tokens[at].case == Case::Lower
            && types.has_division()
            && !other.into_iter().any(|other| types.intersects(other))
    };
    if last > first && behind(last) {
        return (first, last - 1);
    }
    let is_name = |from: usize| gazetteer.named(&words.folded_phrase(from..last + 1)).next().is_some();
    let joined = |at: usize| at > first && words.tokens[at - 1].kind == text::Kind::Hyphen;
    let proclitics = &words.language().proclitics;
    let before = |at: usize| {
        let stems = proclitics.behind(words.folded(at)).map(|(_, stem)| text::key(stem));
        std::iter::once(words.key(at)).chain(stems).any(|key| generic_types.before(key).has_division())
    };
    // "County Road 12" is a street.
    let part_of_name = |at: usize| words.has_capital(at) && (is_name(first) || words.roles(at + 1).is_street_type());
    let apart = |at: usize| joined(at) || at == first && !part_of_name(at);
    let head = (first..last).find(|&at| before(at) && apart(at) && is_name(at + 1));
    (head.map_or(first, |head| head + 1), last)
}

/// Whether a name is that of a street with a number: "London" in "79 London Road".
fn is_numbered_street(words: &Words, first: usize, last: usize) -> bool {
    let sentence = words.tokens[first].sentence;
    let in_sentence = |at: &usize| words.tokens.get(*at).is_some_and(|token| token.sentence == sentence);
    let numbered = first.checked_sub(1).filter(in_sentence);
    numbered.is_some_and(|at| words.tokens[at].kind == text::Kind::Number)
        && Some(last + 1)
            .filter(in_sentence)
            .is_some_and(|at| words.has_capital(at) && words.roles(at).is_street_type())
}

#[cfg(test)]
mod tests {
    use super::{Kind, Tagged, Tags, Weighing, mentions, places};
    use crate::mention::TextAnalysis;
    use crate::mention::read_words;
    use crate::mention::tagger::Class;
    use crate::text::tokenise;
    use toponym_languages::languages;

    /// A tagged place from one token to another.
    fn place(first: usize, last: usize, probability: f64) -> Tagged {
        Tagged { first, last, class: Class::Place, probability }
    }

    /// Texts and kinds of the mentions that the tags make in a text, at least half as probable as not.
    fn found(text: &str, places: Vec<Tagged>, people: Vec<(usize, usize)>) -> Vec<(String, Kind)> {
        let gazetteer = crate::embedded().expect("the embedded gazetteer");
        let tokens = tokenise(text, languages());
        let (words, _) = read_words(text, &tokens, None);
        let analysis = TextAnalysis::new(&words, &gazetteer);
        // The probability is the tagger's.
        let weighing = Weighing { weights: [0.0, 1.0, 0.0, 0.0, 0.0, 0.0] };
        let mentions = mentions(&analysis, &gazetteer, &Tags { places, people }, &weighing, 0.5);
        mentions.iter().map(|mention| (text[mention.start..mention.end].to_owned(), mention.kind)).collect()
    }

    fn named(name: &str, kind: Kind) -> (String, Kind) {
        (name.to_owned(), kind)
    }

    #[test]
    fn well_known_names_are_split_sequences() {
        let text = "Trucks on the Damascus-Homs highway.";
        let each = [named("Damascus", Kind::Place), named("Homs", Kind::Place)];
        assert_eq!(found(text, vec![place(3, 5, 0.9)], Vec::new()), each);
        let [china, beijing] = ["中国", "北京"].map(|name| named(name, Kind::Place));
        assert_eq!(found("中国北京发生地震", vec![place(0, 3, 0.9)], Vec::new()), [china, beijing]);
        let neuilly = "Trucks in Neuilly-Plaisance.";
        assert_eq!(found(neuilly, vec![place(2, 4, 0.9)], Vec::new()), [named("Neuilly-Plaisance", Kind::Place)]);
    }

    #[test]
    fn the_most_probable_of_overlapping_places_is_kept() {
        let text = "They met in Upper Xyzzy Valley.";
        let whole = || vec![place(3, 5, 0.6), place(4, 4, 0.7)];
        assert_eq!(found(text, whole(), Vec::new()), [named("Xyzzy", Kind::Place)]);
        // What is below the threshold suppresses nothing.
        let tags = Tags { places: whole(), people: Vec::new() };
        let gazetteer = crate::embedded().expect("the embedded gazetteer");
        let tokens = tokenise(text, languages());
        let (words, _) = read_words(text, &tokens, None);
        let analysis = TextAnalysis::new(&words, &gazetteer);
        let kept = places(&analysis, &tags, |evidence| (evidence[1] < 0.5).then_some(()));
        assert_eq!(kept.iter().map(|(name, ())| (name.first, name.last)).collect::<Vec<_>>(), [(3, 5)]);
    }

    #[test]
    fn one_name_of_the_gazetteer_is_one_mention() {
        let text = "Ships left Trinidad and Tobago.";
        let both = vec![place(2, 2, 0.9), place(4, 4, 0.8)];
        assert_eq!(found(text, both, Vec::new()), [named("Trinidad and Tobago", Kind::Place)]);
    }

    #[test]
    fn the_container_behind_a_comma_is_added() {
        let text = "Fire in Spokane, WA, on Monday.";
        let both = [named("Spokane", Kind::Place), named("WA", Kind::Place)];
        assert_eq!(found(text, vec![place(2, 2, 0.9)], Vec::new()), both);
    }

    #[test]
    fn demonyms_are_added_but_not_inside_names_of_people() {
        let text = "French troops met Jordan French.";
        assert_eq!(found(text, Vec::new(), vec![(3, 4)]), [named("French", Kind::Demonym)]);
    }

    #[test]
    fn people_of_a_place_are_told_by_what_stands_behind_its_name() {
        assert_eq!(found("叙利亚人来了。", vec![place(0, 2, 0.9)], Vec::new()), [named("叙利亚", Kind::Demonym)]);
        assert_eq!(found("叙利亚人口不多。", vec![place(0, 2, 0.9)], Vec::new()), [named("叙利亚", Kind::Place)]);
    }

    #[test]
    fn embedded_places_keep_their_kind() {
        let text = "The Aleppo University closed.";
        let embedded = Tagged { class: Class::Embedded, ..place(1, 1, 0.9) };
        assert_eq!(found(text, vec![embedded], Vec::new()), [named("Aleppo", Kind::Embedded)]);
    }
}
