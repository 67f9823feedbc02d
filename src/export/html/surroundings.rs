//! What the page's map shows round the places of a document, in parts that several documents share: coasts, lakes, rivers,
//! borders, divisions and towns.

use crate::annotations::{Annotations, Mention};
use crate::gazetteer::{Gazetteer, LatLonBox, PlaceRef};
use crate::outline;
use geo::{BoundingRect, Contains, Intersects, Line, LineString, Rect, coord};
use serde::Serialize;
use serde_json::json;
use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use toponym_web::{CELL_DEGREES, CELL_STEP, basemap_cell, surroundings_block};

/// The places of a document round which the map is drawn, those with most mentions.
const MOST_PLACES: usize = 40;

/// Degrees round a place that the map shows: as much as a window does in which a town is among its neighbours.
const REACH: f64 = 1.5;

/// Width and height in degrees of the boxes in which small towns are gathered.
const LOCAL_DEGREES: f64 = 0.5;

/// The towns of a cell and of a local box, at most.
const TOWNS: usize = 60;

/// The types whose places are too large to look round: countries, continents, regions, oceans and seas.
const LARGE: [&str; 7] = ["A.PCL", "A.TERR", "A.ZN", "L.", "H.OCN", "H.SEA", "U."];

/// A part of the surroundings: its name, and its block of the page.
pub struct Part {
    pub name: String,
    pub block: String,
}

/// The parts that have been made so far.
#[derive(Default)]
pub struct Surroundings {
    made: Mutex<HashMap<String, Arc<Part>>>,
    /// Whether no more are wanted.
    closed: AtomicBool,
}

impl Surroundings {
    /// Makes no more parts, and forgets those that were made.
    pub fn close(&self) {
        self.closed.store(true, Ordering::Relaxed);
        self.made.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// The parts that a document needs, those it needs most first; none when it is closed.
    pub fn parts(&self, annotations: &Annotations) -> Vec<Arc<Part>> {
        if self.closed.load(Ordering::Relaxed) {
            return Vec::new();
        }
        let spots = spots(annotations);
        let gazetteer =
            annotations.mentions.iter().find_map(|mention| Some(mention.place.as_ref()?.indexed()?.gazetteer()));
        let own = spots.iter().map(|spot| cell_at(spot.lon, spot.lat));
        let near = spots.iter().flat_map(cells_round);
        let (mut cells, mut wanted): (Vec<(i32, i32)>, Vec<Wanted>) = (Vec::new(), Vec::new());
        let mut add = |cell: (i32, i32), wanted: &mut Vec<Wanted>| {
            if !cells.contains(&cell) {
                cells.push(cell);
                wanted.extend([Wanted::Map(cell), Wanted::Towns(cell)]);
            }
        };
        own.for_each(|cell| add(cell, &mut wanted));
        for local in spots.iter().filter(|spot| spot.is_local).flat_map(local_boxes) {
            if !wanted.contains(&local) {
                wanted.push(local);
            }
        }
        near.for_each(|cell| add(cell, &mut wanted));
        wanted.iter().filter_map(|part| self.part(part, gazetteer)).collect()
    }

    /// A part, made or as it was made before; `None` for one with towns where there is no gazetteer.
    fn part(&self, wanted: &Wanted, gazetteer: Option<&Gazetteer>) -> Option<Arc<Part>> {
        let name = wanted.name();
        let known = self.made.lock().unwrap_or_else(PoisonError::into_inner).get(&name).cloned();
        if known.is_some() {
            return known;
        }
        let json = match wanted {
            Wanted::Map((west, south)) => json!(map(*west, *south)),
            Wanted::Towns((west, south)) => {
                json!(towns(gazetteer?, f64::from(*west), f64::from(*south), f64::from(CELL_DEGREES), true))
            }
            Wanted::Local((west, south)) => {
                let degrees = |boxes: &i32| f64::from(*boxes) * LOCAL_DEGREES;
                json!(towns(gazetteer?, degrees(west), degrees(south), LOCAL_DEGREES, false))
            }
        };
        let part = Arc::new(Part { block: surroundings_block(&name, &json.to_string()), name: name.clone() });
        self.made.lock().unwrap_or_else(PoisonError::into_inner).insert(name, part.clone());
        Some(part)
    }
}

#[derive(PartialEq)]
enum Wanted {
    /// The lines of a cell, by its corner in degrees.
    Map((i32, i32)),
    /// The great towns of a cell, and its divisions.
    Towns((i32, i32)),
    /// The towns of a local box, by its corner in boxes.
    Local((i32, i32)),
}

impl Wanted {
    fn name(&self) -> String {
        match self {
            Wanted::Map((west, south)) => format!("map {west} {south}"),
            Wanted::Towns((west, south)) => format!("towns {west} {south}"),
            Wanted::Local((west, south)) => format!("local {west} {south}"),
        }
    }
}

/// A point round which the map is drawn.
struct Spot {
    lat: f64,
    lon: f64,
    /// Whether what lies there is no larger than a town, so that small towns are neighbours.
    is_local: bool,
    mentions: usize,
}

/// The points of a document's places, those with most mentions first.
fn spots(annotations: &Annotations) -> Vec<Spot> {
    let mut spots: Vec<Spot> = Vec::new();
    for spot in annotations.mentions.iter().filter_map(spot) {
        match spots.iter_mut().find(|known| known.lat == spot.lat && known.lon == spot.lon) {
            Some(known) => known.mentions += 1,
            None => spots.push(spot),
        }
    }
    spots.sort_by_key(|spot| std::cmp::Reverse(spot.mentions));
    spots.truncate(MOST_PLACES);
    spots
}

fn spot(mention: &Mention) -> Option<Spot> {
    if let Some(relative) = &mention.relative {
        return Some(Spot { lat: relative.lat, lon: relative.lon, is_local: true, mentions: 1 });
    }
    let place = mention.place.as_ref()?;
    let is_large = LARGE.iter().any(|feature| place.feature().starts_with(feature));
    let is_local = matches!(place.class(), 'P' | 'S' | 'R');
    (!is_large).then(|| Spot { lat: place.lat(), lon: place.lon(), is_local, mentions: 1 })
}

/// The corner of the cell with a point, in degrees.
fn cell_at(lon: f64, lat: f64) -> (i32, i32) {
    let floor = |degrees: f64| (degrees / f64::from(CELL_DEGREES)).floor() as i32 * CELL_DEGREES;
    // The antimeridian is the western edge of the map.
    ((floor(lon) + 180).rem_euclid(360) - 180, floor(lat))
}

/// The cells that what is shown round a point reaches into.
fn cells_round(spot: &Spot) -> Vec<(i32, i32)> {
    let across = (REACH / spot.lat.to_radians().cos().max(0.2)).min(f64::from(2 * CELL_DEGREES));
    let steps = |reach: f64| [-reach, 0.0, reach];
    let cells = steps(REACH).into_iter().flat_map(|up| steps(across).into_iter().map(move |right| (right, up)));
    cells.map(|(right, up)| cell_at(spot.lon + right, (spot.lat + up).clamp(-90.0, 89.9))).collect()
}

/// The four local boxes that are nearest to a point.
fn local_boxes(spot: &Spot) -> Vec<Wanted> {
    let corner = |degrees: f64| (degrees / LOCAL_DEGREES - 0.5).floor() as i32;
    let (west, south) = (corner(spot.lon), corner(spot.lat));
    let boxes = [(0, 0), (1, 0), (0, 1), (1, 1)].into_iter();
    boxes.map(|(right, up)| Wanted::Local((west + right, south + up))).collect()
}

/// A cell as the page's script reads it.
#[derive(Serialize)]
struct Cell {
    /// Degrees east and north of its south-west corner.
    corner: [i32; 2],
    /// Its width and height in degrees.
    side: i32,
    /// Degrees a step of its lines.
    step: f64,
    /// What `scripts/make-basemap` documents, and lines `division` in the same form.
    lines: String,
}

/// The lines of a cell: those of the base map, and the borders of divisions.
fn map(west: i32, south: i32) -> Cell {
    let corner = coord! { x: f64::from(west), y: f64::from(south) };
    let side = f64::from(CELL_DEGREES);
    let cell = Rect::new(corner, corner + coord! { x: side, y: side });
    let mut lines = basemap_cell(west, south).to_owned();
    for (bounds, line) in outline::division_borders().iter().filter(|(bounds, _)| bounds.intersects(&cell)) {
        let pieces = if cell.contains(bounds) { vec![line.0.as_slice()] } else { pieces_in(line, &cell) };
        for piece in pieces {
            lines.push_str("division\t");
            let on_grid = piece.iter().map(|at| (*at - corner) / CELL_STEP);
            let mut before = (0, 0);
            for at in on_grid.map(|at| (at.x.round() as i64, at.y.round() as i64)) {
                lines.push_str(&format!("{} {} ", at.0 - before.0, at.1 - before.1));
                before = at;
            }
            lines.pop();
            lines.push('\n');
        }
    }
    Cell { corner: [west, south], side: CELL_DEGREES, step: CELL_STEP, lines }
}

/// The stretches of a line whose segments touch a cell.
fn pieces_in<'l>(line: &'l LineString, cell: &Rect) -> Vec<&'l [geo::Coord]> {
    let touches = |pair: &[geo::Coord]| Line::new(pair[0], pair[1]).bounding_rect().intersects(cell);
    let mut pieces = Vec::new();
    let mut begun = None;
    for (at, pair) in line.0.windows(2).enumerate() {
        match (touches(pair), begun) {
            (true, None) => begun = Some(at),
            (false, Some(from)) => {
                pieces.push(&line.0[from..=at]);
                begun = None;
            }
            _ => {}
        }
    }
    pieces.extend(begun.map(|from| &line.0[from..]));
    pieces
}

/// Names for orientation, as the page's script reads them.
#[derive(Serialize)]
struct Neighbours {
    /// Name, latitude, longitude, and the zoom from which it is named.
    towns: Vec<(String, f64, f64, f64)>,
    /// Name, latitude, longitude.
    divisions: Vec<(String, f64, f64)>,
}

/// The towns of a box, the best known first, and with `divisions` also its first-level divisions.
fn towns(gazetteer: &Gazetteer, west: f64, south: f64, side: f64, divisions: bool) -> Neighbours {
    let area = LatLonBox { west, south, east: (west + side).min(180.0), north: (south + side).min(90.0) };
    let found = gazetteer.within_refs(&area);
    let rounded = |degrees: f64| (degrees * 1e4).round() / 1e4;
    let towns = found.iter().filter(|place| place.class() == 'P');
    let towns =
        towns.take(TOWNS).map(|town| (town.name().to_owned(), rounded(town.lat()), rounded(town.lon()), zoom_of(town)));
    let named = found.iter().filter(|place| divisions && place.is_division1());
    let named = named.map(|place| (place.name().to_owned(), rounded(place.lat()), rounded(place.lon())));
    Neighbours { towns: towns.collect(), divisions: named.collect() }
}

/// The zoom of the map, as street maps count it, from which a town is named.
fn zoom_of(town: &PlaceRef<'_>) -> f64 {
    match town.population().unwrap_or(0) {
        _ if town.is_capital() => 4.0,
        1_000_000.. => 4.5,
        300_000.. => 5.5,
        100_000.. => 6.5,
        30_000.. => 7.5,
        8_000.. => 8.5,
        _ => 9.5,
    }
}

#[cfg(test)]
mod tests {
    use super::{Spot, cell_at, cells_round, local_boxes, map, pieces_in};
    use geo::{Rect, coord, line_string};

    fn spot(lat: f64, lon: f64) -> Spot {
        Spot { lat, lon, is_local: true, mentions: 1 }
    }

    #[test]
    fn cells_go_round_the_world() {
        assert_eq!(cell_at(37.1, 36.2), (36, 36));
        assert_eq!(cell_at(-0.1, -0.1), (-4, -4));
        assert_eq!(cell_at(180.0, 10.0), (-180, 8));
        let suva = cells_round(&spot(-17.0, 179.5));
        assert!(suva.contains(&(176, -20)) && suva.contains(&(-180, -20)), "{suva:?}");
        assert!(cells_round(&spot(89.0, 0.0)).iter().all(|(_, south)| *south <= 88));
        assert_eq!(local_boxes(&spot(36.2, 37.16)).len(), 4);
    }

    #[test]
    fn a_cell_has_the_borders_of_its_divisions() {
        let aleppo = map(36, 36);
        for kind in ["land\t", "river\t", "border\t", "division\t"] {
            assert!(aleppo.lines.lines().any(|line| line.starts_with(kind)), "{kind}");
        }
        assert!(map(-40, 40).lines.is_empty(), "the Atlantic is empty");
    }

    #[test]
    fn a_line_is_cut_where_it_leaves_a_cell() {
        let cell = Rect::new(coord! { x: 0.0, y: 0.0 }, coord! { x: 4.0, y: 4.0 });
        let line = line_string![(x: -9.0, y: 1.0), (x: -8.0, y: 1.0), (x: 1.0, y: 1.0), (x: 2.0, y: 1.0), (x: 9.0, y: 9.0), (x: 8.0, y: 9.0), (x: 3.0, y: 3.0)];
        let pieces = pieces_in(&line, &cell);
        assert_eq!(pieces.iter().map(|piece| piece.len()).collect::<Vec<_>>(), [4, 2]);
        assert!(pieces_in(&line_string![(x: 5.0, y: 5.0), (x: 9.0, y: 9.0)], &cell).is_empty());
    }
}
