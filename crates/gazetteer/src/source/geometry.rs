//! The point and the extent of a geometry.

use geo::{BoundingRect, CoordsIter, Geometry, InteriorPoint, Line, LinesIter, Point};
use geozero::ToGeo;

/// A point within a geometry, in degrees, and its extent.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Located {
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// West, south, east and north; `None` for a point.
    pub bounds: Option<[f64; 4]>,
}

impl Located {
    /// Where a geometry lies.
    ///
    /// # Errors
    /// When it has no point.
    pub fn from_geometry(geometry: &Geometry<f64>) -> Result<Self, String> {
        let point = point_of(geometry).ok_or("its geometry is empty")?;
        let extent = geometry.bounding_rect().filter(|rect| rect.width() > 0.0 || rect.height() > 0.0);
        let bounds = extent.map(|rect| [rect.min().x, rect.min().y, rect.max().x, rect.max().y]);
        Ok(Located { lat: point.y(), lon: point.x(), bounds })
    }

    /// Where a geometry in well-known text lies, or in the hexadecimal well-known binary of PostGIS.
    ///
    /// # Errors
    /// When it is neither, or has another reference system than WGS 84.
    pub fn from_wkt(text: &str) -> Result<Self, String> {
        let wrong = |reason: String| format!("its geometry cannot be read ({reason}); write it as POINT(lon lat)");
        if let Some(bytes) = from_hex(text) {
            let geometry = geozero::wkb::Ewkb(bytes).to_geo().map_err(|e| wrong(e.to_string()))?;
            return Located::from_geometry(&geometry);
        }
        let text = match text.split_once(';') {
            Some((system, text)) => match system.trim().to_uppercase().as_str() {
                "SRID=4326" | "SRID=0" => text,
                other => return Err(format!("its geometry is in {other}; transform it to EPSG:4326, in degrees")),
            },
            None => text,
        };
        let geometry = geozero::wkt::Wkt(text.trim()).to_geo().map_err(|e| wrong(e.to_string()))?;
        Located::from_geometry(&geometry)
    }
}

/// Corners from which on a geometry is looked at along one line only.
const MANY: usize = 10_000;

/// A point of a geometry, inside where it has an inside.
fn point_of(geometry: &Geometry<f64>) -> Option<Point<f64>> {
    // `geo` tries every stretch of a line across the area against every side.
    let quickly = match geometry {
        Geometry::Polygon(area) if area.coords_count() > MANY => widest_stretch(geometry, area.lines_iter()),
        Geometry::MultiPolygon(areas) if areas.coords_count() > MANY => widest_stretch(geometry, areas.lines_iter()),
        _ => None,
    };
    quickly.or_else(|| geometry.interior_point())
}

/// The middle of the widest stretch inside an area along the parallel through the middle of its extent, by the even-odd rule.
fn widest_stretch(area: &Geometry<f64>, sides: impl Iterator<Item = Line<f64>>) -> Option<Point<f64>> {
    let y = area.bounding_rect()?.center().y;
    let mut crossings: Vec<f64> = sides
        .filter(|side| (side.start.y > y) != (side.end.y > y))
        .map(|side| side.start.x + (y - side.start.y) / (side.end.y - side.start.y) * (side.end.x - side.start.x))
        .collect();
    crossings.sort_by(f64::total_cmp);
    let stretches = crossings.chunks_exact(2);
    let widest = stretches.max_by(|a, b| (a[1] - a[0]).total_cmp(&(b[1] - b[0])))?;
    Some(Point::new(f64::midpoint(widest[0], widest[1]), y))
}

/// The bytes of a text in hexadecimal digits; `None` if it is another.
fn from_hex(text: &str) -> Option<Vec<u8>> {
    let text = text.trim().trim_start_matches("\\x");
    let digits = text.len() >= 18 && text.len().is_multiple_of(2) && text.bytes().all(|b| b.is_ascii_hexdigit());
    let byte = |at: usize| u8::from_str_radix(text.get(at..at + 2)?, 16).ok();
    digits.then(|| (0..text.len()).step_by(2).map(byte).collect())?
}

#[cfg(test)]
mod tests {
    use super::{Located, MANY, point_of};
    use geo::{Contains, Geometry, LineString, Point, Polygon};

    #[test]
    fn well_known_text_and_binary_have_a_point_and_an_extent() {
        let point = |text: &str| Located::from_wkt(text).map(|at| (at.lon, at.lat));
        assert_eq!(point("POINT (37.16 36.2)"), Ok((37.16, 36.2)));
        assert_eq!(point("SRID=4326;POINT(37.16 36.2)"), Ok((37.16, 36.2)));
        assert_eq!(point("POINT Z (37.16 36.2 400)"), Ok((37.16, 36.2)));
        assert_eq!(point("0101000020E6100000000000000000F03F0000000000000040"), Ok((1.0, 2.0)));
        let square = Located::from_wkt("POLYGON((0 0,2 0,2 2,0 2,0 0))").expect("a square");
        assert_eq!((square.lon, square.bounds), (1.0, Some([0.0, 0.0, 2.0, 2.0])));
        for wrong in ["", "POINT EMPTY", "36.2, 37.16", "SRID=3857;POINT(4136000 4330000)", "POINT(", "0101"] {
            assert!(Located::from_wkt(wrong).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn a_comb_with_many_teeth_has_a_point_inside() {
        // Teeth up and down between two parallels, and a back: wide on the left, narrow on the right.
        let corner = |at: usize| (at as f64 * 1e-4, if at.is_multiple_of(2) { 1.0 } else { -1.0 });
        let mut ring: Vec<(f64, f64)> = (0..4 * MANY).map(corner).collect();
        ring.extend([(10.0, 2.0), (-5.0, 2.0), (-5.0, -1.0)]);
        let polygon = Polygon::new(LineString::from(ring), Vec::new());
        let point: Point = point_of(&Geometry::Polygon(polygon.clone())).expect("a point");
        assert!(polygon.contains(&point), "{point:?}");
    }
}
