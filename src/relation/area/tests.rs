//! Whatever is drawn round whatever place keeps what the words promise.

use super::{Area, AreaCache, AreaFrom, Extent, Wanted};
use crate::gazetteer::{Gazetteer, PlaceRef};
use crate::outline;
use crate::relation::measure::Distance;
use crate::text::language::relations::Shape;
use geo::orient::Direction;
use geo::{Area as _, Bearing, Centroid, Contains, CoordsIter, Distance as _, Haversine, MultiPolygon};
use geo::{Orient, Point, Validation};
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// What has been drawn of [`GAZETTEER`].
static CACHE: LazyLock<AreaCache> = LazyLock::new(AreaCache::default);

fn draw(wanted: &Wanted<'_, '_>, gazetteer: &Gazetteer) -> Option<Area> {
    super::draw(wanted, gazetteer, &CACHE)
}

static GAZETTEER: LazyLock<Gazetteer> = LazyLock::new(|| crate::embedded().expect("the embedded gazetteer opens"));

/// The countries with outlines, by code.
static COUNTRIES: LazyLock<BTreeMap<&str, PlaceRef<'static>>> = LazyLock::new(|| {
    let country = |(code, outline): (&'static str, &MultiPolygon)| {
        let inside = geo::InteriorPoint::interior_point(outline).expect("a point");
        let near = GAZETTEER.near_refs(inside.y(), inside.x(), 3000.0, 400);
        let own = near.into_iter().map(|(place, _)| place).find(|place| place.is_country() && place.country() == code);
        own.map(|place| (code, place))
    };
    outline::all().filter_map(country).collect()
});

/// A place by which areas are drawn: the nearest of all, the nearest division, or their country.
fn anchor(lat: f64, lon: f64, sort: u8) -> PlaceRef<'static> {
    let near = GAZETTEER.near_refs(lat, lon, 20_000.0, 200);
    let nearest = near[0].0;
    let division = near.iter().map(|(place, _)| *place).find(|place| place.class() == 'A' && !place.is_country());
    match sort {
        0 => nearest,
        1 => division.unwrap_or(nearest),
        _ => COUNTRIES.get(nearest.country()).copied().unwrap_or(nearest),
    }
}

/// What holds for every area.
fn check(area: &Area, what: &str) {
    assert!(area.polygons.is_valid(), "{what}: {:?}", area.polygons.check_validation());
    assert!(area.polygons.contains(&area.point), "{what}: {:?} lies outside", area.point);
    assert_eq!(area.polygons.orient(Direction::Default), *area.polygons, "{what}: right-handed");
    for at in area.polygons.coords_iter() {
        assert!(at.x.abs() <= 180.0 && at.y.abs() <= 90.0, "{what}: {at:?} is off the map");
        let km = Haversine.distance(area.point, Point(at)) / 1000.0;
        assert!(km <= area.uncertainty_km + 0.001, "{what}: {km} km are more than the uncertainty");
    }
}

fn wanted<'p, 'g>(shape: Shape, anchors: &'p [PlaceRef<'g>], bearing: Option<f64>, km: Option<f64>) -> Wanted<'p, 'g> {
    let distance = km.map(|km| Distance { km, least: km * 0.85, most: km * 1.15 });
    Wanted { shape, anchors, bearing, distance, country: "", toward: None, reach: None, towns: Vec::new() }
}

/// Degrees from one bearing to another, at most 180.
fn turn(from: f64, to: f64) -> f64 {
    ((to - from + 540.0).rem_euclid(360.0) - 180.0).abs()
}

#[test]
fn areas_round_the_poles_and_the_antimeridian() {
    let gazetteer = &*GAZETTEER;
    for (lat, lon) in [(-90.0, 0.0), (89.9, 30.0), (-17.8, 178.4), (64.7, 177.5), (-44.0, -176.5), (71.0, 180.0)] {
        let anchor = gazetteer.near_refs(lat, lon, 20_000.0, 1)[0].0;
        for km in [5.0, 300.0, 2500.0, 9000.0] {
            for shape in [Shape::Ring, Shape::Within, Shape::Outside] {
                let area = draw(&wanted(shape, &[anchor], None, Some(km)), gazetteer).expect("an area");
                check(&area, &format!("{shape:?} {km} km of {anchor:?}"));
            }
            for bearing in [0.0, 45.0, 90.0, 180.0, 270.0] {
                let area =
                    draw(&wanted(Shape::Sector, &[anchor], Some(bearing), Some(km)), gazetteer).expect("an area");
                check(&area, &format!("{km} km at {bearing} of {anchor:?}"));
            }
        }
    }
}

#[test]
fn a_group_of_islets_whose_point_lies_in_the_sea_between_them_has_all_sides() {
    let (islets, gazetteer) = (COUNTRIES["PN"], &*GAZETTEER);
    let extent = Extent::new(&islets, gazetteer, &CACHE);
    let centre = Point::new(islets.lon(), islets.lat());
    assert!(!extent.area.contains(&centre), "the outline has no ground at the point of the group");
    for shape in [Shape::Sector, Shape::Outskirts, Shape::Suburbs, Shape::Countryside, Shape::Outside] {
        for sixteenth in 0..16 {
            let bearing = 22.5 * f64::from(sixteenth);
            let area = draw(&wanted(shape, &[islets], Some(bearing), None), gazetteer).expect("an area");
            check(&area, &format!("{shape:?} at {bearing}"));
            assert!(turn(bearing, Haversine.bearing(centre, area.point)) < 0.1, "{shape:?} at {bearing}");
        }
    }
}

#[test]
fn parts_of_countries_across_the_antimeridian_lie_on_their_side() {
    let gazetteer = &*GAZETTEER;
    for (code, bearing, inside, outside) in [
        ("RU", 90.0, (66.0, -175.0), (55.7, 37.6)),
        ("RU", 270.0, (55.7, 37.6), (66.0, -175.0)),
        ("FJ", 0.0, (-16.43, 179.36), (-18.12, 178.43)),
        ("NZ", 180.0, (-45.9, 170.5), (-36.8, 174.7)),
        ("US", 270.0, (38.58, -121.49), (40.7, -74.0)),
    ] {
        let country = gazetteer.named(&country_name(code)).map(|(place, _)| place).find(PlaceRef::is_country);
        let anchor = country.unwrap_or_else(|| panic!("{code} is known"));
        let area = draw(&wanted(Shape::Part, &[anchor], Some(bearing), None), gazetteer).expect("an area");
        check(&area, code);
        for (at, lies) in [(inside, true), (outside, false)] {
            assert_eq!(area.polygons.contains(&Point::new(at.1, at.0)), lies, "{code} {bearing}: {at:?}");
        }
    }
}

fn country_name(code: &str) -> String {
    let names = [("RU", "russia"), ("FJ", "fiji"), ("NZ", "new zealand"), ("US", "united states")];
    names.iter().find(|(own, _)| *own == code).map_or_else(String::new, |(_, name)| (*name).to_owned())
}

#[test]
fn a_part_makes_up_its_share_of_the_ground() {
    let gazetteer = &*GAZETTEER;
    let syria = gazetteer.by_id_ref("geonames:163843").expect("Syria");
    let whole = geo::Area::unsigned_area(outline::area("SY").expect("an outline"));
    let north = draw(&wanted(Shape::Part, &[syria], Some(0.0), None), gazetteer).expect("an area");
    let share = geo::Area::unsigned_area(&*north.polygons) / whole;
    assert!((share - super::part::SIDE).abs() < 0.01, "{share}");
    assert_eq!(north.from, AreaFrom::Outline);
}

proptest! {
    #[test]
    fn what_is_drawn_round_a_place_touches_it_as_the_words_say(
        lat in -80.0f64..80.0, lon in -180.0f64..180.0, sort in 0u8..3,
        sixteenth in 0u8..16, km in 1.0f64..2000.0, shape in 0usize..9,
    ) {
        let gazetteer = &*GAZETTEER;
        let anchor = anchor(lat, lon, sort);
        let bearing = f64::from(sixteenth) * 22.5;
        let shapes = [
            Shape::Sector, Shape::Ring, Shape::Within, Shape::Outside, Shape::Near, Shape::Core, Shape::Outskirts,
            Shape::Suburbs, Shape::Countryside,
        ];
        let shape = shapes[shape];
        let distance = matches!(shape, Shape::Ring | Shape::Within).then_some(km);
        let directed = matches!(shape, Shape::Sector | Shape::Outskirts).then_some(bearing);
        let area = draw(&wanted(shape, &[anchor], directed, distance), gazetteer).expect("an area");
        let what = format!("{shape:?} {bearing} {km} of {anchor:?}");
        check(&area, &what);
        let centre = Point::new(anchor.lon(), anchor.lat());
        let extent = Extent::new(&anchor, gazetteer, &CACHE);
        let out = Haversine.distance(centre, area.point) / 1000.0;
        // What lies beside a river is seen from its course, not from the point that the gazetteer gives it.
        if directed.is_some() && area.from != AreaFrom::Course {
            prop_assert!(turn(bearing, Haversine.bearing(centre, area.point)) < 1.0, "{}", what);
        }
        if extent.from == AreaFrom::Circle && area.from == AreaFrom::Circle {
            let holds_centre = area.polygons.contains(&centre);
            match shape {
                Shape::Within | Shape::Near | Shape::Core => prop_assert!(holds_centre && out < 0.001, "{}", what),
                Shape::Ring => prop_assert!(!holds_centre && out >= km * 0.99, "{}", what),
                Shape::Sector | Shape::Outside | Shape::Countryside => {
                    prop_assert!(!holds_centre && out > extent.radius_km, "{}", what);
                    let near = area.polygons.coords_iter().map(|at| Haversine.distance(centre, Point(at)) / 1000.0);
                    let near = near.fold(f64::MAX, f64::min);
                    prop_assert!((near - extent.radius_km).abs() < 0.02 * extent.radius_km + 0.01, "{}: begins {near}", what);
                }
                _ => {
                    // On both sides of the edge.
                    let mut corners = area.polygons.coords_iter().map(|at| Haversine.distance(centre, Point(at)) / 1000.0);
                    let first = corners.next().expect("a corner");
                    let (near, far) = corners.fold((first, first), |(near, far), km| (near.min(km), far.max(km)));
                    let (inside, outside) = (near < extent.radius_km, far > extent.radius_km);
                    prop_assert!(!holds_centre && inside && outside, "{}", what)
                }
            }
        }
    }

    #[test]
    fn distances_from_countries_are_sound_however_small_they_and_the_distances_are(
        country in 0usize..230, sixteenth in 0u8..16, tenths in -20i8..41, spread in 0.05f64..0.5, shape in 0usize..4,
    ) {
        let (code, _) = outline::all().nth(country).expect("so many countries");
        let Some(&anchor) = COUNTRIES.get(code) else { return Ok(()) };
        let (bearing, km) = (f64::from(sixteenth) * 22.5, 10f64.powf(f64::from(tenths) / 10.0));
        let shape = [Shape::Sector, Shape::Ring, Shape::Within, Shape::Outside][shape];
        let directed = (shape == Shape::Sector).then_some(bearing);
        let distance = Distance { km, least: km * (1.0 - spread), most: km * (1.0 + spread) };
        let anchors = [anchor];
        let wanted = Wanted { distance: Some(distance), ..wanted(shape, &anchors, directed, None) };
        check(&draw(&wanted, &GAZETTEER).expect("an area"), &format!("{shape:?} {bearing} {distance:?} of {code}"));
    }

    #[test]
    fn parts_of_countries_lie_in_them_on_their_side(country in 0usize..230, eighth in 0u8..8) {
        let gazetteer = &*GAZETTEER;
        let (code, outline) = outline::all().nth(country).expect("so many countries");
        let bearing = f64::from(eighth) * 45.0;
        let Some(&anchor) = COUNTRIES.get(code) else { return Ok(()) };
        let area = draw(&wanted(Shape::Part, &[anchor], Some(bearing), None), gazetteer).expect("an area");
        check(&area, &format!("{bearing} of {code}"));
        prop_assert!(outline.contains(&area.point), "{bearing} of {code}");
        let whole = Extent::new(&anchor, gazetteer, &CACHE).area;
        let side = super::part::Side::new(&whole, bearing).expect("an extent");
        // The part's centre of gravity lies to that side of the whole's; each polygon for itself, since some are cut.
        let lies = |area: &MultiPolygon| {
            let weighed = area.iter().map(|p| (p.unsigned_area(), side.at(p.centroid().expect("a centre").0)));
            let (ground, moment) = weighed.fold((0.0, 0.0), |sum, (area, at)| (sum.0 + area, sum.1 + area * at));
            moment / ground
        };
        prop_assert!(lies(&area.polygons) > lies(&whole), "{bearing} of {code}");
    }

    #[test]
    fn strips_between_towns_reach_both(lat in -70.0f64..70.0, lon in -180.0f64..180.0, to in 1usize..40) {
        let gazetteer = &*GAZETTEER;
        let near = gazetteer.near_refs(lat, lon, 20_000.0, 41);
        let anchors = [near[0].0, near[to].0];
        let Some(area) = draw(&wanted(Shape::Between, &anchors, None, None), gazetteer) else {
            let km = anchors[0].km_from(&anchors[1]);
            prop_assert!(!(0.5..1500.0).contains(&km), "{} km", km);
            return Ok(());
        };
        check(&area, &format!("between {anchors:?}"));
        for anchor in &anchors {
            let at = Point::new(anchor.lon(), anchor.lat());
            // The ends of the strip run through the towns' points.
            let km = area.polygons.coords_iter().map(|corner| Haversine.distance(at, Point(corner)) / 1000.0);
            let nearest = km.fold(f64::MAX, f64::min);
            let width = (anchors[0].km_from(&anchors[1]) * 0.15).clamp(1.0, 40.0);
            prop_assert!(nearest <= width * 1.05 + 0.01, "{} km", nearest);
        }
    }
}

#[test]
fn borders_and_coasts_of_every_country_are_sound() {
    let gazetteer = &*GAZETTEER;
    for id in ["163843", "298795", "1814991", "3144096", "1269750", "2215636", "49518"] {
        let anchor = gazetteer.by_id_ref(&format!("geonames:{id}")).unwrap_or_else(|| panic!("{id} is known"));
        for (shape, bearing) in
            [(Shape::Border, None), (Shape::Coast, None), (Shape::Offshore, None), (Shape::Coast, Some(90.0))]
        {
            if let Some(area) = draw(&wanted(shape, &[anchor], bearing, None), gazetteer) {
                check(&area, &format!("{shape:?} of {anchor:?}"));
            } else {
                assert!(anchor.country() == "RW" || bearing.is_some(), "{shape:?} of {anchor:?}");
            }
        }
    }
}

#[test]
fn areas_along_rivers_are_sound() {
    use crate::course::{around, course};
    use crate::relation::reach::Reach;
    let gazetteer = &*GAZETTEER;
    let ids = toponym_data::COURSES.lines().filter_map(|line| line.strip_prefix("course\t")?.split('\t').next());
    for (at, id) in ids.enumerate() {
        let river = gazetteer.by_id(id).expect("in the gazetteer");
        let anchors = [river.indexed().expect("in an index")];
        let lines = course(id).expect("a course");
        let middle = Point(lines[at % lines.len()].0[lines[at % lines.len()].0.len() / 2]);
        let town = Point::new(middle.x() + 0.05, middle.y() - 0.08);
        let reach = Reach {
            course: around(lines, middle, 30.0).into(),
            point: middle,
            exact_km: 15.0,
            country: "",
            town: Some(town),
            is_there: true,
        };
        let bearing = Some(f64::from(at as u32 % 8) * 45.0);
        // All of a course is drawn for every tenth, which takes longer.
        let reaches = [Some(reach), None];
        for reach in reaches.into_iter().take(if at % 10 == 0 { 2 } else { 1 }) {
            for (shape, bearing, km) in [
                (Shape::Sector, bearing, None),
                (Shape::Sector, bearing, Some(20.0)),
                (Shape::Ring, None, Some(20.0)),
                (Shape::Within, None, Some(20.0)),
                (Shape::Along, None, None),
                (Shape::Along, bearing, None),
                (Shape::Outskirts, bearing, None),
                (Shape::LeftBank, None, None),
                (Shape::RightBank, None, None),
            ] {
                let wanted = Wanted { reach: reach.clone(), ..wanted(shape, &anchors, bearing, km) };
                let area = draw(&wanted, gazetteer).unwrap_or_else(|| panic!("{shape:?} of {river} has no area"));
                check(&area, &format!("{shape:?} {bearing:?} {km:?} of {river}"));
                if reach.is_some() {
                    let km = Haversine.distance(area.point, middle) / 1000.0;
                    assert!(km < 60.0, "{shape:?} {bearing:?} of {river} at {middle:?} is {km} km off: {area:?}");
                }
            }
        }
    }
}
