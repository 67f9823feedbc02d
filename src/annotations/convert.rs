//! What the steps of the flow found, which borrows from the gazetteer -> annotations, which own what they need.

use super::{Alternative, Annotations, Focus, Mention, Relative};
use crate::export::features::round6;
use crate::gazetteer::{Attribution, Place, PlaceRef};
use crate::geoparser::Parsed;
use crate::mention::{Kind, ReachPoint, Unplaced};
use crate::relation;
use crate::resolve::{self, Resolved};
use crate::text::{Span, Tokens};

/// Whom the courses of rivers are from.
const COURSES: &str = "Natural Earth";

impl Annotations {
    /// The annotations of a parsed document. Mentions stand in their order, each relative place before the first that
    /// begins behind its beginning.
    pub(crate) fn from_parsed(parsed: Parsed<'_>, attribution: Attribution) -> Self {
        let Parsed { tokens, places, unplaced, relations, foci, language, recogniser } = parsed;
        let mut mentions = Vec::with_capacity(places.len() + unplaced.len() + relations.len());
        let mut relations = relations.into_iter().peekable();
        let (mut places, mut unplaced) = (places.into_iter(), unplaced.into_iter().peekable());
        for order in 0..places.len() + unplaced.len() {
            let mention = match unplaced.next_if(|unplaced| unplaced.order <= order) {
                Some(unplaced) => Mention::from_unplaced(unplaced, &tokens),
                None => match places.next() {
                    Some(resolved) => Mention::from_resolved(resolved, &tokens),
                    None => break,
                },
            };
            // What is no stretch of the text has no place in its order.
            let start = if mention.is_outside_text() { 0 } else { mention.span.start };
            while let Some(relative) = relations.next_if(|relative| start > relative.start) {
                mentions.push(Mention::from_relative(relative, &tokens));
            }
            mentions.push(mention);
        }
        mentions.extend(unplaced.map(|unplaced| Mention::from_unplaced(unplaced, &tokens)));
        mentions.extend(relations.map(|relative| Mention::from_relative(relative, &tokens)));
        let foci = foci.into_iter().map(Focus::from).collect();
        Annotations { mentions, foci, language, recogniser, attribution }
    }
}

impl Mention {
    /// A mention of which nothing is known but where it stands and how probable it is.
    fn bare(span: Span, kind: Kind, probability: f64, tokens: &Tokens) -> Self {
        Mention {
            span,
            sentence: sentence_at(tokens, span.start),
            kind,
            place: None,
            relative: None,
            reason: None,
            form: None,
            confidence: probability,
            probability,
            metonymic: false,
            modified: false,
            why: Vec::new(),
            alternatives: Vec::new(),
        }
    }

    fn from_resolved(resolved: Resolved<'_>, tokens: &Tokens) -> Self {
        let Resolved { mention, place, form, within_km, confidence, why, alternatives, for_alternatives } = resolved;
        let mut reasons = for_alternatives.into_iter();
        let alternatives = alternatives.into_iter().map(|(place, probability)| Alternative {
            place: place.into(),
            probability,
            why: reasons.next().unwrap_or_default(),
        });
        let alternatives = alternatives.collect();
        Mention {
            place: Some(placed(place, mention.reach, within_km)),
            form: Some(form),
            confidence,
            metonymic: mention.metonymic,
            modified: mention.modified,
            why,
            alternatives,
            ..Mention::bare(Span::new(mention.start, mention.end), mention.kind, mention.probability, tokens)
        }
    }

    fn from_unplaced(unplaced: Unplaced, tokens: &Tokens) -> Self {
        let Unplaced { span, kind, probability, reason, .. } = unplaced;
        let mut mention = Mention { reason: Some(reason), ..Mention::bare(span, kind, probability, tokens) };
        if mention.is_outside_text() {
            mention.sentence = Span::default();
        }
        mention
    }

    fn from_relative(relative: relation::Relative<'_>, tokens: &Tokens) -> Self {
        let span = Span::new(relative.start, relative.end);
        let bare = Mention::bare(span, relative.kind, relative.confidence, tokens);
        Mention { relative: Some(Box::new(relative.into())), ..bare }
    }
}

/// A place at the point that the text means of it, or as far round it as what has only a locality may lie.
fn placed(place: PlaceRef<'_>, reach: Option<Box<ReachPoint<'_>>>, within_km: Option<f64>) -> Place {
    let own = Place::from(place);
    if let Some(within_km) = within_km {
        let exact_km = own.exact_km().map_or(within_km, |exact_km| exact_km.max(within_km));
        return own.at((place.lat(), place.lon()), exact_km, place.country(), place.source());
    }
    let Some(ReachPoint { point, exact_km, country }) = reach.as_deref().copied() else { return own };
    own.at((round6(point.y()), round6(point.x())), (exact_km * 10.0).ceil() / 10.0, country, COURSES)
}

/// The sentence in which a byte of the text stands; empty behind the last.
pub(crate) fn sentence_at(tokens: &Tokens, byte: usize) -> Span {
    let at = tokens.sentences.partition_point(|sentence| sentence.end <= byte);
    tokens.sentences.get(at).cloned().map_or(Span::default(), Span::from)
}

impl From<relation::Relative<'_>> for Relative {
    fn from(relative: relation::Relative<'_>) -> Self {
        Relative {
            construct: relative.relation.into(),
            name: relative.name,
            anchors: relative.anchors.into_iter().map(Place::from).collect(),
            lat: relative.point.y(),
            lon: relative.point.x(),
            area: relative.area,
            area_from: relative.area_from,
            uncertainty_km: relative.uncertainty_km,
        }
    }
}

impl From<resolve::Focus<'_>> for Focus {
    fn from(focus: resolve::Focus<'_>) -> Self {
        Focus { place: focus.place.into(), score: focus.score }
    }
}
