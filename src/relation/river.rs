//! Names of rivers that were taken for other places: "the left bank of the Dnipro" is not of the city.

use super::phrase::{matches, rivers};
use super::reach::{is_watercourse, towns};
use super::reader::Reader;
use crate::course;
use crate::gazetteer::PlaceRef;
use crate::resolve::Resolved;
use crate::text::Words;
use crate::text::language::RelationGrammar;
use crate::text::language::relations::Shape;
use geo::{Distance, Haversine, Point};

/// Places the mentions that a pattern for rivers stands at, and that were taken for something else of the name, at the river: of several
/// at the one nearest to the towns that the text names.
pub fn place_rivers(words: &Words<'_>, places: &mut [Resolved<'_>], grammar: &RelationGrammar) {
    let doubtful = |resolved: &Resolved<'_>| !is_watercourse(&resolved.place) && !rivers(resolved).is_empty();
    if !places.iter().any(doubtful) {
        return;
    }
    let reader = Reader::new(words, places, grammar);
    let shapes = [Shape::Along, Shape::LeftBank, Shape::RightBank];
    let at_rivers = matches(&reader).into_iter().filter(|matched| shapes.contains(&matched.shape));
    let chosen: Vec<_> = at_rivers
        .filter_map(|matched| {
            let at = *matched.anchors.first()?;
            let resolved = reader.places.get(at).filter(|resolved| doubtful(resolved))?;
            let towns: Vec<Point> = towns(&reader, at).into_iter().map(|town| town.point).collect();
            let km = |river: &PlaceRef<'_>| {
                towns.iter().map(|town| km_from(river, *town)).min_by(f64::total_cmp).unwrap_or(0.0)
            };
            let of_name = rivers(resolved);
            let best = of_name
                .into_iter()
                .min_by(|a, b| km(a).total_cmp(&km(b)).then(b.prominence().total_cmp(&a.prominence())))?;
            Some((at, best))
        })
        .collect();
    for (at, river) in chosen {
        let resolved = &mut places[at];
        let before = std::mem::replace(&mut resolved.place, river);
        for (place, _) in &mut resolved.alternatives {
            if place.is_same(&river) {
                *place = before;
            }
        }
    }
}

/// How far a town lies from a river, in kilometres.
fn km_from(river: &PlaceRef<'_>, town: Point) -> f64 {
    let course = course::course(&river.id()).and_then(|lines| course::nearest(lines, town));
    course.map_or_else(|| Haversine.distance(Point::new(river.lon(), river.lat()), town) / 1000.0, |(_, km)| km)
}
