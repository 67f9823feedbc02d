//! The language of place: "20 km north of Aleppo", "northern Syria", "36.2361 N, 37.1517 E" -> geometry.

use crate::gazetteer::Place;
use crate::mention::Kind;
use geo::{MultiPolygon, Point};

/// A stretch of text that says where something is without naming the place itself: relative to places, or in coordinates.
#[derive(Clone, Debug)]
pub struct Relative<'g> {
    /// First byte in the text.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
    /// [`Kind::Relative`] or [`Kind::Coordinate`].
    pub kind: Kind,
    /// Which construct it is, such as `direction`, `part`, `between`; one word, as the output shows it.
    pub relation: &'static str,
    /// What it is called on a map: "20 km north of Aleppo".
    pub name: String,
    /// The places it is relative to, in the order of the text; none for coordinates.
    pub anchors: Vec<Place<'g>>,
    /// A representative point, degrees east and north; it lies in `area` if there is one.
    pub point: Point,
    /// The area meant, in degrees, right-handed and cut at the antimeridian as RFC 7946 asks.
    pub area: Option<MultiPolygon>,
    /// How far what is meant may lie from `point`, in kilometres.
    pub uncertainty_km: f64,
    /// How probable it is that this is meant, 0 to 1.
    pub confidence: f64,
}
