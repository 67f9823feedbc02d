//! The program's answers on an annotated document beside the annotations.

use super::demonyms::Demonyms;
use super::gold::{GoldDocument, Toponym};
use super::matching;
use super::metrics::{MISSING_KM, NEAR_KM, distance_km};
use crate::candidate::candidates;
use crate::document::{Offsets, Part, Unit};
use crate::gazetteer::{Gazetteer, Place, PlaceRef};
use crate::geoparser::Geoparser;
use crate::mention::{self, Kind};
use crate::outline;
use crate::text::Span;
use geo::{Contains, MultiPolygon, Point};
use std::collections::HashSet;
use std::ops::Range;

/// Runs a geoparser on annotated documents and matches its answers with the annotations.
pub struct Scorer {
    geoparser: Geoparser,
    demonyms: Demonyms,
}

/// The annotations and the program's answers on a document, matched.
#[derive(Clone, Debug)]
pub struct DocumentScore {
    /// The name of its corpus.
    pub corpus: String,
    /// Its id.
    pub document: String,
    /// The annotated mentions, in the order of the text.
    pub gold: Vec<GoldMention>,
    /// The mentions that the program found, in the order of the text.
    pub predicted: Vec<PredictedMention>,
}

/// An annotated mention and what the program made of it.
#[derive(Clone, Debug)]
pub struct GoldMention {
    /// The annotation.
    pub toponym: Toponym,
    /// Whether it is a demonym.
    pub demonym: bool,
    /// The kind of mention that it should be found as.
    pub kind: Kind,
    /// GeoNames feature of its place, or the corpus's own label of its kind; `unknown` if there is neither.
    pub feature: String,
    /// Country code of its place; `unknown` if it is not known.
    pub country: String,
    /// The index in [`DocumentScore::predicted`] of the mention with the same span.
    pub predicted: Option<usize>,
    /// The answer to the gold mention when the program is given it.
    pub given: Option<Answer>,
    /// Whether a candidate for its name, in any form, is within 161 km of the gold coordinates.
    pub reachable: bool,
}

/// A mention that the program found.
#[derive(Clone, Debug)]
pub struct PredictedMention {
    /// Its span in the text proper, in code points.
    pub span: Range<usize>,
    /// Its text.
    pub text: String,
    /// Its kind.
    pub kind: Kind,
    /// Whether it is a demonym, by its kind or its text.
    pub demonym: bool,
    /// The place chosen for it; `None` if it has none.
    pub answer: Option<Answer>,
    /// The probability, 0 to 1, that it is a mention of a place; `None` if the program gives none.
    pub probability: Option<f64>,
    /// The probability, 0 to 1, that it is a mention and that its answer is right; `None` without an answer.
    pub confidence: Option<f64>,
    /// The index in [`DocumentScore::gold`] of the mention with the same span.
    pub gold: Option<usize>,
}

/// A place that the program chose.
#[derive(Clone, Debug)]
pub struct Answer {
    /// `source:id`.
    pub id: String,
    /// Its GeoNames id, if it has one.
    pub geoname: Option<u64>,
    /// Its name, feature and country, for people.
    pub described: String,
    /// Degrees north and east.
    pub point: (f64, f64),
}

impl GoldMention {
    /// The distance of an answer from the gold coordinates in kilometres; 20,039, half the equator, for no answer; `None` if the
    /// mention has no gold coordinates.
    pub fn error_km(&self, answer: Option<&Answer>) -> Option<f64> {
        self.toponym.point.map(|point| answer.map_or(MISSING_KM, |answer| distance_km(point, answer.point)))
    }
}

/// Largest distance, in kilometres, of a place from a point that has its country.
const WILDERNESS_KM: f64 = 100.0;

impl Scorer {
    /// A scorer of a geoparser.
    pub fn new(geoparser: Geoparser, demonyms: Demonyms) -> Self {
        Scorer { geoparser, demonyms }
    }

    fn gazetteer(&self) -> &Gazetteer {
        self.geoparser.resources().gazetteer()
    }

    /// Has the geoparser find and resolve mentions, and resolve the gold mentions, and matches what it found with the gold mentions.
    pub fn score(&self, gold: &GoldDocument) -> DocumentScore {
        let spans: Vec<Range<usize>> = gold.toponyms.iter().map(|toponym| toponym.span.clone()).collect();
        let mut predicted = self.find(gold);
        let pairs = matching::exact(&spans, &predicted.iter().map(|p| p.span.clone()).collect::<Vec<_>>());
        let byte_spans = gold.document.byte_spans(spans.iter().map(|span| (span.start, span.end)));
        let given = self.resolve(gold, &byte_spans);
        let reachable = self.reachable(gold, &byte_spans);
        let mut mentions = Vec::with_capacity(spans.len());
        for ((toponym, pair), given) in gold.toponyms.iter().zip(pairs).zip(given) {
            if let Some(pair) = pair {
                predicted[pair].gold = Some(mentions.len());
            }
            let reachable = reachable.contains(&mentions.len());
            mentions.push(GoldMention { reachable, ..self.gold_mention(toponym, pair, given) });
        }
        DocumentScore { corpus: gold.corpus.clone(), document: gold.document.id.clone(), gold: mentions, predicted }
    }

    /// The mentions that the geoparser finds in the text proper; titles are not annotated.
    fn find(&self, gold: &GoldDocument) -> Vec<PredictedMention> {
        let mut offsets = Offsets::new(&gold.document, Unit::Chars);
        let annotations = self.geoparser.annotate(&gold.document);
        let named = annotations.mentions.iter().filter(|mention| mention.relative.is_none());
        let predicted = named.filter_map(|mention| {
            let text = mention.text(&gold.document).to_owned();
            let (Part::Text, span) = offsets.range(mention.span) else { return None };
            Some(PredictedMention {
                span,
                kind: mention.kind,
                demonym: mention.kind == Kind::Demonym || self.demonyms.contains(&text, self.gazetteer()),
                answer: mention.place.as_ref().map(answer),
                probability: Some(mention.probability),
                confidence: mention.place.as_ref().map(|_| mention.confidence),
                gold: None,
                text,
            })
        });
        let mut predicted: Vec<PredictedMention> = predicted.collect();
        predicted.sort_by_key(|predicted| (predicted.span.start, predicted.span.end));
        predicted
    }

    /// The answers to given mentions, one for each.
    fn resolve(&self, gold: &GoldDocument, spans: &[Span]) -> Vec<Option<Answer>> {
        let annotations = self.geoparser.resolve(&gold.document, spans);
        let answers = annotations.mentions.iter().filter(|mention| mention.relative.is_none());
        answers.map(|mention| mention.place.as_ref().map(answer)).collect()
    }

    /// The indices of the given mentions that have a candidate by name within 161 km.
    fn reachable(&self, gold: &GoldDocument, spans: &[Span]) -> HashSet<usize> {
        let (tokens, language) = mention::read_tokens(&gold.document.text, gold.document.lang.as_deref());
        let (words, _) = mention::read_words(&gold.document.text, &tokens, Some(&language));
        let given = mention::given(&gold.document, &tokens, self.gazetteer(), spans);
        let near = given.mentions.iter().filter(|(order, mention)| {
            let candidates = candidates(self.gazetteer(), &words, mention);
            let point = order.and_then(|order| gold.toponyms[order].point);
            let near = |place: &PlaceRef<'_>| {
                point.is_some_and(|point| distance_km(point, (place.lat(), place.lon())) <= NEAR_KM)
            };
            candidates.iter().any(|candidate| near(&candidate.place))
        });
        near.filter_map(|(order, _)| *order).collect()
    }

    fn gold_mention(&self, toponym: &Toponym, predicted: Option<usize>, given: Option<Answer>) -> GoldMention {
        let demonym = toponym.demonym.unwrap_or_else(|| self.demonyms.contains(&toponym.text, self.gazetteer()));
        let kind = match () {
            () if demonym => Kind::Demonym,
            () if toponym.embedded => Kind::Embedded,
            () => Kind::Place,
        };
        let known = toponym.geoname.and_then(|id| self.gazetteer().by_id_ref(&format!("geonames:{id}")));
        let or_unknown = |text: &str| if text.is_empty() { "unknown".to_owned() } else { text.to_owned() };
        let feature = match (&known, toponym.feature.as_str()) {
            (Some(place), feature) if !feature.contains('.') => place.feature(),
            (_, feature) => feature,
        };
        GoldMention {
            demonym,
            kind,
            feature: or_unknown(feature),
            country: or_unknown(self.country(toponym, known.as_ref())),
            predicted,
            given,
            reachable: false,
            toponym: toponym.clone(),
        }
    }

    /// The country code of a mention's place: from the gazetteer by its id, else that of the nearest place within
    /// [`WILDERNESS_KM`] of the gold coordinates, else that whose outline contains them; empty if there is none.
    fn country<'g>(&'g self, toponym: &Toponym, known: Option<&PlaceRef<'g>>) -> &'g str {
        if let Some(place) = known {
            return place.country();
        }
        let Some((lat, lon)) = toponym.point else { return "" };
        let near = self.gazetteer().near_refs(lat, lon, WILDERNESS_KM, 1);
        let near = near.first().map(|(place, _)| place.country()).filter(|country| !country.is_empty());
        let contains = |(_, area): &(&str, &MultiPolygon)| area.contains(&Point::new(lon, lat));
        near.or_else(|| outline::all().find(contains).map(|(code, _)| code)).unwrap_or("")
    }
}

fn answer(place: &Place) -> Answer {
    let id = place.id();
    Answer {
        geoname: id.strip_prefix("geonames:").and_then(|id| id.parse().ok()),
        described: format!("{} ({} {})", place.name(), place.feature(), place.country()),
        point: (place.lat(), place.lon()),
        id,
    }
}

#[cfg(test)]
mod tests {
    use super::{Demonyms, Kind, Scorer};
    use crate::eval::corpus::marked;

    #[test]
    fn annotated_kinds_and_answers_are_matched() {
        let file = "id: 1\ngenre: x\n\nShells fell on [Aleppo]{place}, [Damascene]{demonym} officials in [Xyzzyville]{place} said.\n---\n\
            Aleppo\t36.2\t37.16\tgeonames:170063\nDamascene\t33.5\t36.3\t-\nXyzzyville\t-\t-\t-\n";
        let (documents, errors) = marked::read(file, "x.txt", "c");
        assert!(errors.is_empty(), "{errors:?}");
        let geoparser = crate::Geoparser::embedded().expect("what is embedded opens");
        let score = Scorer::new(geoparser, Demonyms::from_gazetteer()).score(&documents[0]);
        let [aleppo, damascene, xyzzyville] = &score.gold[..] else { panic!("three gold mentions: {score:?}") };
        assert_eq!((aleppo.kind, aleppo.country.as_str(), aleppo.reachable), (Kind::Place, "SY", true));
        assert!(aleppo.error_km(aleppo.given.as_ref()).is_some_and(|km| km < 20.0));
        let predicted = &score.predicted[aleppo.predicted.expect("found")];
        assert_eq!((predicted.gold, predicted.text.as_str(), predicted.span.clone()), (Some(0), "Aleppo", 15..21));
        assert!(damascene.demonym && damascene.kind == Kind::Demonym, "annotated, whatever the gazetteer says");
        assert_eq!(xyzzyville.error_km(None), None, "it has no coordinates");
    }
}
