//! Geometries in a GeoPackage: a header, then well-known binary.

use super::super::wkb;
use geo::{BoundingRect, Geometry};

/// The spatial reference system: WGS 84.
const SRS: i32 = 4326;
/// The flags of a header: little endian with an envelope of four numbers; little endian without an envelope, for
/// points.
const WITH_ENVELOPE: u8 = 0b0000_0011;
const LITTLE_ENDIAN: u8 = 0b0000_0001;

/// The smallest box round a geometry, in degrees: west, east, south, north.
pub type Extent = [f64; 4];

/// The extent of a geometry; `None` if it is empty.
pub fn extent(geometry: &Geometry) -> Option<Extent> {
    let rectangle = geometry.bounding_rect()?;
    Some([rectangle.min().x, rectangle.max().x, rectangle.min().y, rectangle.max().y])
}

/// The smallest extent that holds two extents.
pub fn union(one: Option<Extent>, other: Extent) -> Extent {
    let [west, east, south, north] = one.unwrap_or(other);
    [west.min(other[0]), east.max(other[1]), south.min(other[2]), north.max(other[3])]
}

/// The value of a geometry column (OGC 12-128r17, section 2.1.3).
pub fn blob(geometry: &Geometry, extent: Extent) -> Vec<u8> {
    let mut blob = b"GP\0".to_vec();
    let has_envelope = matches!(geometry, Geometry::MultiPolygon(_));
    blob.push(if has_envelope { WITH_ENVELOPE } else { LITTLE_ENDIAN });
    blob.extend(SRS.to_le_bytes());
    if has_envelope {
        blob.extend(extent.into_iter().flat_map(f64::to_le_bytes));
    }
    wkb::append(&mut blob, geometry);
    blob
}
