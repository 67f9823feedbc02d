//! Matches -> areas: the ground that a match means. `docs/RELATIONS.md` describes the model.

mod buffer;
mod cache;
mod corridor;
mod extent;
mod geometry;
mod part;
mod plane;
mod sector;
mod stretch;

#[cfg(test)]
mod tests;

pub use cache::{AreaCache, DocumentAreas};
pub use extent::{AreaFrom, Extent};
pub use geometry::AreaGeometry;

use super::measure::Distance;
use super::reach::Reach;
use crate::course;
use crate::gazetteer::{Gazetteer, PlaceRef};
use crate::outline;
use crate::text::language::relations::Shape;
use extent::outline_code;
use geo::{CoordsIter, Haversine, LineString, MultiPolygon, Point};
use sector::AnnularSector;

/// An area of the map.
#[derive(Clone, Debug)]
pub struct Area {
    /// A representative point in it.
    pub point: Point,
    /// Its polygons.
    pub polygons: AreaGeometry,
    /// Kilometres from the point to the farthest corner.
    pub uncertainty_km: f64,
    /// What the anchors' extents are derived from.
    pub from: AreaFrom,
}

/// A match, as far as it matters for its area.
pub struct Wanted<'p, 'g> {
    /// The shape.
    pub shape: Shape,
    /// The places it is relative to.
    pub anchors: &'p [PlaceRef<'g>],
    /// The bearing stated, in degrees.
    pub bearing: Option<f64>,
    /// The distance stated.
    pub distance: Option<Distance>,
    /// Code of the country on the other side of "the Turkish border"; empty if it is not known.
    pub country: &'p str,
    /// Another place of the sentence: the likelier side of a ring.
    pub toward: Option<Point>,
    /// The stretch of the anchor that is meant, where that is something long and the text tells it.
    pub reach: Option<Reach<'g>>,
    /// The other towns of the sentence, the nearest in the text first: a border or a road is meant near one that lies on it.
    pub towns: Vec<Point>,
}

/// Whether a place has an outline of its own.
pub fn has_outline(place: &PlaceRef<'_>) -> bool {
    outline_code(place).is_some()
}

/// Draws an area, or takes it from the cache, which must be that of the gazetteer; `None` if the match can mean nothing on the
/// ground.
pub fn draw(wanted: &Wanted<'_, '_>, gazetteer: &Gazetteer, cache: &AreaCache) -> Option<Area> {
    cache.area(wanted, || draw_anew(wanted, gazetteer, cache))
}

fn draw_anew(wanted: &Wanted<'_, '_>, gazetteer: &Gazetteer, cache: &AreaCache) -> Option<Area> {
    let anchor = wanted.anchors.first()?;
    match wanted.shape {
        Shape::Between => return between(wanted),
        Shape::Border => return border(wanted, gazetteer, cache),
        _ => {}
    }
    if let Some(area) = stretch(wanted, anchor) {
        return Some(area);
    }
    let extent = Extent::new(anchor, gazetteer, cache);
    let from = extent.from;
    let area = |(polygons, point): (MultiPolygon, Point)| Some(Area::new(point, polygons, from));
    let lone = |polygons: MultiPolygon| Some(Area::new(part::representative(&polygons)?, polygons, from));
    match wanted.shape {
        Shape::Part => lone(part::side(&extent, wanted.bearing?, share(wanted.bearing?))?),
        Shape::North => lone(part::side(&extent, 0.0, 2.0 * part::SIDE)?),
        Shape::South => lone(part::side(&extent, 180.0, part::CORNER)?),
        Shape::Core if from != AreaFrom::Circle => lone(part::middle(&extent)?),
        Shape::Coast => area(corridor::along(&coast(&extent, anchor, wanted.bearing), corridor::BESIDE_KM)?),
        Shape::Offshore => lone(offshore(&extent, anchor, wanted)?),
        Shape::Along | Shape::LeftBank | Shape::RightBank => {
            let radius = extent.radius_km.clamp(5.0, 150.0);
            area(AnnularSector::disc(radius).draw(&Extent::circle(extent.centre, radius))?)
        }
        _ => {
            let toward = wanted.toward.map(|point| geo::Bearing::bearing(&Haversine, extent.centre, point));
            area(AnnularSector::for_shape(wanted, &extent, toward)?.draw(&extent)?)
        }
    }
}

/// The area along the stretch of a river, or near the town that something long is named with; `None` for what is neither.
fn stretch(wanted: &Wanted<'_, '_>, anchor: &PlaceRef<'_>) -> Option<Area> {
    match &wanted.reach {
        Some(reach) if reach.course.is_empty() => near_town(wanted.shape, reach),
        Some(reach) => stretch::draw(wanted, reach),
        None => {
            let course = course::course(&anchor.id())?;
            let own = Point::new(anchor.lon(), anchor.lat());
            let (point, _) = course::nearest(course, own)?;
            let exact_km = anchor.exact_km().unwrap_or(course::EXACT_KM);
            stretch::draw(
                wanted,
                &Reach { course: course.into(), point, exact_km, country: "", town: None, is_there: false },
            )
        }
    }
}

/// The ground round the town that something long is named with, whose course is not known.
fn near_town(shape: Shape, reach: &Reach<'_>) -> Option<Area> {
    let lies_there = !matches!(shape, Shape::Part | Shape::North | Shape::South | Shape::Core | Shape::Offshore);
    let extent = Extent::circle(reach.point, reach.exact_km);
    let (polygons, point) = AnnularSector::disc(reach.exact_km).draw(&extent).filter(|_| lies_there)?;
    Some(Area::new(point, polygons, AreaFrom::Circle))
}

/// The share of a place's ground that its part on the side of a bearing makes up.
fn share(bearing: f64) -> f64 {
    if bearing % 90.0 == 0.0 { part::SIDE } else { part::CORNER }
}

impl Area {
    /// The area of rounded polygons. They are repaired only when they are asked for: that takes longer than all the rest, and moves
    /// no corner.
    fn new(point: Point, polygons: MultiPolygon, from: AreaFrom) -> Area {
        // On the antimeridian a point would lie on the edge of polygons that are cut there.
        let inland = 180.0 - 1e-5;
        let point = Point::new(point.x().clamp(-inland, inland), point.y());
        let km = |corner| geo::Distance::distance(&Haversine, point, Point(corner)) / 1000.0;
        let uncertainty_km = polygons.coords_iter().map(km).fold(0.0, f64::max);
        Area { point, polygons: AreaGeometry::lazy(|| plane::repaired(polygons)), uncertainty_km, from }
    }
}

impl AnnularSector {
    /// A disc around a place's point.
    fn disc(km: f64) -> AnnularSector {
        AnnularSector { bearing: 0.0, half_width: 180.0, least: 0.0, middle: 0.0, most: km, from_edge: false }
    }

    /// The sector of a shape; `None` for a shape that is no sector, or without the distance that it needs.
    fn for_shape(wanted: &Wanted<'_, '_>, extent: &Extent, toward: Option<f64>) -> Option<AnnularSector> {
        let radius = extent.radius_km;
        let all_round = (toward.unwrap_or(0.0), 180.0);
        let (bearing, half_width) =
            wanted.bearing.map_or(all_round, |bearing| (bearing, AnnularSector::half_width_of(bearing)));
        let circle = extent.from == AreaFrom::Circle;
        let sector = |least: f64, most: f64, from_edge: bool| {
            Some(AnnularSector { bearing, half_width, least, middle: (least + most) / 2.0, most, from_edge })
        };
        match (wanted.shape, wanted.distance) {
            // From the centre of a town, unless the distance ends inside it; from the edge of a country.
            (Shape::Sector | Shape::Ring, Some(said)) => {
                let from_edge = !circle || said.km < radius;
                let slack = if from_edge { 0.0 } else { radius.min(said.km / 4.0) };
                Some(AnnularSector {
                    bearing,
                    half_width,
                    least: said.least,
                    middle: said.km,
                    most: said.most + slack,
                    from_edge,
                })
            }
            (Shape::Sector, None) => sector(0.0, (SECTOR_SHARE * radius).clamp(10.0, 1000.0), true),
            (Shape::Within, Some(said)) if circle => {
                Some(AnnularSector { bearing, ..AnnularSector::disc(radius + said.km) })
            }
            (Shape::Within, Some(said)) => sector(0.0, said.km, true),
            (Shape::Outside, Some(said)) => Some(AnnularSector {
                bearing,
                half_width,
                least: said.least,
                middle: said.km,
                most: said.most,
                from_edge: true,
            }),
            (Shape::Outside, None) => sector(0.0, (radius / 2.0).clamp(5.0, 50.0), true),
            (Shape::Near, _) => Some(AnnularSector { bearing, ..AnnularSector::disc(2.0 * radius + 5.0) }),
            (Shape::Core, _) => Some(AnnularSector { bearing, ..AnnularSector::disc(0.4 * radius) }),
            (Shape::Outskirts, _) => sector(-0.3 * radius, (0.3 * radius).max(1.0), true),
            (Shape::Suburbs, _) => sector(-0.3 * radius, (0.8 * radius).max(2.0), true),
            (Shape::Countryside, _) => sector(0.0, (1.5 * radius).clamp(15.0, 60.0), true),
            _ => None,
        }
    }
}

/// "North of" a place reaches this many of its radii past its edge.
const SECTOR_SHARE: f64 = 1.5;

/// Towns farther apart than this, in kilometres, have no ground between them that helps on a map.
const FARTHEST_APART_KM: f64 = 1500.0;

fn between(wanted: &Wanted<'_, '_>) -> Option<Area> {
    let [from, to] = wanted.anchors else { return None };
    let km = from.km_from(to);
    if !(0.5..=FARTHEST_APART_KM).contains(&km) {
        return None;
    }
    let at = |place: &PlaceRef<'_>| Point::new(place.lon(), place.lat());
    if let Some(town) = wanted.towns.iter().find(|town| corridor::is_on_the_way(at(from), at(to), **town)) {
        let radius = STRETCH_KM;
        let (polygons, point) = AnnularSector::disc(radius).draw(&Extent::circle(*town, radius))?;
        return Some(Area::new(point, polygons, AreaFrom::Circle));
    }
    let (polygons, point) = corridor::between(at(from), at(to), km);
    Some(Area::new(point, polygons, AreaFrom::Circle))
}

/// A road is meant so far round the town that it is named with, in kilometres.
const STRETCH_KM: f64 = 15.0;

/// A border is meant so far along it from the town that it is named with, in kilometres.
const BORDER_STRETCH_KM: f64 = 25.0;

/// A town farther from a border than this, in kilometres, does not tell which stretch of it is meant.
const FARTHEST_FROM_BORDER_KM: f64 = 75.0;

/// The stretch of a border that lies near one of the towns of the sentence; all of it if it lies near none.
fn near_towns(lines: Vec<LineString>, wanted: &Wanted<'_, '_>) -> Vec<LineString> {
    let said = wanted.distance.map_or(0.0, |said| said.most);
    let near = wanted.towns.iter().filter_map(|town| course::nearest(&lines, *town));
    let Some((point, km)) = near.into_iter().find(|(_, km)| *km <= FARTHEST_FROM_BORDER_KM + said) else {
        return lines;
    };
    let stretch = course::around(&lines, point, BORDER_STRETCH_KM.max(km));
    if stretch.is_empty() { lines } else { stretch }
}

fn border(wanted: &Wanted<'_, '_>, gazetteer: &Gazetteer, cache: &AreaCache) -> Option<Area> {
    let (land, other) = (wanted.anchors.first()?, wanted.anchors.get(1));
    let extent = Extent::new(land, gazetteer, cache);
    let division = outline_code(land).filter(|_| !land.is_country());
    let lines = match (other, division) {
        // Between two divisions, or two countries.
        (Some(other), Some(own)) if !other.is_country() => cloned(outline::border(own, outline_code(other)?)),
        (Some(other), _) => beside(&outline::border(land.country(), other.country()), land, &extent),
        (None, _) => {
            let with = Some(outline::border(land.country(), wanted.country));
            let with = with.filter(|lines| !lines.is_empty() && land.country() != wanted.country);
            let beyond = with.as_ref().map(|lines| beside(lines, land, &extent)).filter(|lines| !lines.is_empty());
            // What a division has with other countries is in the outlines of those, what it has with other divisions in its own.
            let all = || {
                let abroad = beside(&outline::borders(land.country()), land, &extent);
                abroad.into_iter().chain(cloned(division.map_or(Vec::new(), outline::borders))).collect()
            };
            beyond.unwrap_or_else(all)
        }
    };
    let lines = corridor::on_side(&lines.iter().collect::<Vec<_>>(), &extent, wanted.bearing);
    let lines = near_towns(lines, wanted);
    let km = wanted.distance.map_or(corridor::BESIDE_KM, |said| said.most.clamp(1.0, 300.0));
    let (polygons, point) = corridor::along(&lines, km)?;
    Some(Area::new(point, polygons, AreaFrom::Outline))
}

/// The parts of a country's lines that are a place's: all of the country's own.
fn beside(lines: &[&LineString], place: &PlaceRef<'_>, extent: &Extent) -> Vec<LineString> {
    if place.is_country() { cloned(lines.to_vec()) } else { corridor::within(lines, extent) }
}

fn cloned(lines: Vec<&LineString>) -> Vec<LineString> {
    lines.into_iter().cloned().collect()
}

/// The lines of a country's coast, or an island's edge, on one side.
fn coast(extent: &Extent, anchor: &PlaceRef<'_>, bearing: Option<f64>) -> Vec<LineString> {
    if anchor.is_country() {
        return corridor::on_side(&outline::coast(anchor.country()), extent, bearing);
    }
    if has_outline(anchor) {
        return shore(extent, anchor, bearing);
    }
    let rings = corridor::rings(&extent.area);
    corridor::on_side(&rings.iter().collect::<Vec<_>>(), extent, bearing)
}

/// The stretch of its country's coast that a division or a region has.
fn shore(extent: &Extent, anchor: &PlaceRef<'_>, bearing: Option<f64>) -> Vec<LineString> {
    // A region is known by its point and how inexact that is, which is less than how far it reaches along a coast.
    let wide = Extent::circle(extent.centre, REGION_SHORE * extent.radius_km);
    let extent = if has_outline(anchor) { extent } else { &wide };
    let lines = corridor::within(&outline::coast(anchor.country()), extent);
    corridor::on_side(&lines.iter().collect::<Vec<_>>(), extent, bearing)
}

/// How far the coast of a region without an outline reaches, in multiples of its radius.
const REGION_SHORE: f64 = 2.5;

fn offshore(extent: &Extent, anchor: &PlaceRef<'_>, wanted: &Wanted<'_, '_>) -> Option<MultiPolygon> {
    let km = wanted.distance.map_or(corridor::OFFSHORE_KM, |said| said.most.clamp(1.0, 1000.0));
    let land = outline::area(anchor.country());
    match extent.from {
        AreaFrom::Outline => corridor::offshore(&coast(extent, anchor, wanted.bearing), km, land?),
        _ if matches!(anchor.class(), 'A' | 'L') => {
            corridor::offshore(&shore(extent, anchor, wanted.bearing), km, land?)
                .or_else(|| corridor::offshore_of(extent, km, land.unwrap_or(&MultiPolygon::new(Vec::new()))))
        }
        _ => corridor::offshore_of(extent, km, land.unwrap_or(&MultiPolygon::new(Vec::new()))),
    }
}
