//! A document's answers beside what the annotators say.

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
use crate::text::{Span, tokenise};
use geo::{Contains, MultiPolygon, Point};
use std::collections::HashSet;
use std::ops::Range;
use toponym_languages::languages;

/// Has a geoparser answer annotated documents.
pub struct Judge {
    geoparser: Geoparser,
    demonyms: Demonyms,
}

/// What became of a document.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// Its corpus.
    pub corpus: String,
    /// Its id.
    pub document: String,
    /// What the annotators want found.
    pub wanted: Vec<Wanted>,
    /// What the program found, in the order of the text.
    pub found: Vec<Found>,
}

/// A mention that the annotators want found, and what became of it.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// The annotation.
    pub toponym: Toponym,
    /// Whether it is a demonym.
    pub demonym: bool,
    /// What kind of mention the program should take it for.
    pub kind: Kind,
    /// GeoNames feature of its place, or what the corpus says of it; `unknown` when neither tells.
    pub feature: String,
    /// Code of the country its place lies in; `unknown` when that cannot be told.
    pub country: String,
    /// Which of [`Outcome::found`] has the very span.
    pub found: Option<usize>,
    /// The answer when the program is given the mention.
    pub given: Option<Answer>,
    /// Whether some place of the name, in any of its forms, is within 161 km of where the annotators say.
    pub reachable: bool,
}

/// A mention that the program found.
#[derive(Clone, Debug)]
pub struct Found {
    /// Where it stands in the text proper, in code points.
    pub span: Range<usize>,
    /// Its text.
    pub text: String,
    /// What the program takes it for.
    pub kind: Kind,
    /// Whether it is a demonym, by its kind or its text.
    pub demonym: bool,
    /// The place that the program chose; `None` if it knows of none of this name.
    pub answer: Option<Answer>,
    /// How probable the program holds it that this is a mention of a place; `None` where it does not say.
    pub probability: Option<f64>,
    /// Which of [`Outcome::wanted`] has the very span.
    pub wanted: Option<usize>,
}

/// A place that the program chose.
#[derive(Clone, Debug)]
pub struct Answer {
    /// `source:id`.
    pub id: String,
    /// Its GeoNames id, if it has one.
    pub geoname: Option<u64>,
    /// Name, feature and country, for people.
    pub described: String,
    /// Degrees north and east.
    pub point: (f64, f64),
}

impl Wanted {
    /// How far the answer is from where the annotators say, in kilometres; 20,039, half the equator, for no answer, `None` where
    /// they do not say.
    pub fn error_km(&self, answer: Option<&Answer>) -> Option<f64> {
        self.toponym.point.map(|point| answer.map_or(MISSING_KM, |answer| distance_km(point, answer.point)))
    }
}

/// A place farther than this from a point, in kilometres, does not tell its country.
const WILDERNESS_KM: f64 = 100.0;

impl Judge {
    /// A judge of what this geoparser answers.
    pub fn new(geoparser: Geoparser, demonyms: Demonyms) -> Self {
        Judge { geoparser, demonyms }
    }

    fn gazetteer(&self) -> &Gazetteer {
        self.geoparser.resources().gazetteer()
    }

    /// Has the program find and resolve, and then resolve what the annotators found.
    pub fn judge(&self, gold: &GoldDocument) -> Outcome {
        let spans: Vec<Range<usize>> = gold.toponyms.iter().map(|toponym| toponym.span.clone()).collect();
        let mut found = self.find(gold);
        let pairs = matching::exact(&spans, &found.iter().map(|f| f.span.clone()).collect::<Vec<_>>());
        let byte_spans = gold.document.byte_spans(spans.iter().map(|span| (span.start, span.end)));
        let given = self.resolve(gold, &byte_spans);
        let reachable = self.reachable(gold, &byte_spans);
        let mut wanted = Vec::with_capacity(gold.toponyms.len());
        for ((toponym, pair), given) in gold.toponyms.iter().zip(pairs).zip(given) {
            if let Some(pair) = pair {
                found[pair].wanted = Some(wanted.len());
            }
            let reachable = reachable.contains(&wanted.len());
            wanted.push(Wanted { reachable, ..self.wanted(toponym, pair, given) });
        }
        Outcome { corpus: gold.corpus.clone(), document: gold.document.id.clone(), wanted, found }
    }

    /// What the program finds in the text proper; nobody has annotated the titles.
    fn find(&self, gold: &GoldDocument) -> Vec<Found> {
        let mut offsets = Offsets::new(&gold.document, Unit::Chars);
        let annotations = self.geoparser.annotate(&gold.document);
        let named = annotations.mentions.iter().filter(|mention| mention.relative.is_none());
        let found = named.filter_map(|mention| {
            let text = mention.text(&gold.document).to_owned();
            let (Part::Text, span) = offsets.range(mention.span) else { return None };
            Some(Found {
                span,
                kind: mention.kind,
                demonym: mention.kind == Kind::Demonym || self.demonyms.holds(&text, self.gazetteer()),
                answer: mention.place.as_ref().map(answer),
                probability: Some(mention.probability),
                wanted: None,
                text,
            })
        });
        let mut found: Vec<Found> = found.collect();
        found.sort_by_key(|found| (found.span.start, found.span.end));
        found
    }

    /// The answers to given mentions, one for each.
    fn resolve(&self, gold: &GoldDocument, spans: &[Span]) -> Vec<Option<Answer>> {
        let annotations = self.geoparser.resolve(&gold.document, spans);
        let answers = annotations.mentions.iter().filter(|mention| mention.relative.is_none());
        answers.map(|mention| mention.place.as_ref().map(answer)).collect()
    }

    /// Which given mentions have a candidate by name within 161 km.
    fn reachable(&self, gold: &GoldDocument, spans: &[Span]) -> HashSet<usize> {
        let document = &gold.document;
        let tokens = tokenise(&document.text, languages());
        let (words, _) = mention::read_words(&document.text, &tokens, document.lang.as_deref());
        let given = mention::given(document, &tokens, self.gazetteer(), spans);
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

    fn wanted(&self, toponym: &Toponym, found: Option<usize>, given: Option<Answer>) -> Wanted {
        let demonym = self.demonyms.holds(&toponym.text, self.gazetteer());
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
        Wanted {
            demonym,
            kind,
            feature: or_unknown(feature),
            country: or_unknown(self.country(toponym, known.as_ref())),
            found,
            given,
            reachable: false,
            toponym: toponym.clone(),
        }
    }

    /// The country of a mention's place if the gazetteer has it, else that of the place next to the annotators' point, or where
    /// there is none for far, the one whose outline the point is in; empty if none of them tells.
    fn country<'g>(&'g self, toponym: &Toponym, known: Option<&PlaceRef<'g>>) -> &'g str {
        if let Some(place) = known {
            return place.country();
        }
        let Some((lat, lon)) = toponym.point else { return "" };
        let near = self.gazetteer().near_refs(lat, lon, WILDERNESS_KM, 1);
        let near = near.first().map(|(place, _)| place.country()).filter(|country| !country.is_empty());
        let holds = |(_, area): &(&str, &MultiPolygon)| area.contains(&Point::new(lon, lat));
        near.or_else(|| outline::all().find(holds).map(|(code, _)| code)).unwrap_or("")
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
