//! Geometries in a GeoPackage: a header, then well-known binary.

use geo::{BoundingRect, Geometry, LineString, MultiPolygon};

/// The spatial reference system: WGS 84.
const SRS: i32 = 4326;
/// The flags of a header: little endian with an envelope of four numbers; little endian without an envelope, for
/// points.
const WITH_ENVELOPE: u8 = 0b0000_0011;
const LITTLE_ENDIAN: u8 = 0b0000_0001;
/// The type codes of well-known binary.
const POINT: u32 = 1;
const POLYGON: u32 = 3;
const MULTI_POLYGON: u32 = 6;

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
    match geometry {
        Geometry::MultiPolygon(area) => {
            blob.push(WITH_ENVELOPE);
            blob.extend(SRS.to_le_bytes());
            blob.extend(extent.into_iter().flat_map(f64::to_le_bytes));
            multi_polygon(&mut blob, area);
        }
        _ => {
            blob.push(LITTLE_ENDIAN);
            blob.extend(SRS.to_le_bytes());
            begin(&mut blob, POINT);
            blob.extend([extent[0], extent[2]].into_iter().flat_map(f64::to_le_bytes));
        }
    }
    blob
}

fn begin(out: &mut Vec<u8>, kind: u32) {
    out.push(1);
    out.extend(kind.to_le_bytes());
}

fn count(out: &mut Vec<u8>, count: usize) {
    out.extend(u32::try_from(count).unwrap_or(u32::MAX).to_le_bytes());
}

fn multi_polygon(out: &mut Vec<u8>, area: &MultiPolygon) {
    begin(out, MULTI_POLYGON);
    count(out, area.0.len());
    for polygon in area {
        begin(out, POLYGON);
        count(out, 1 + polygon.interiors().len());
        std::iter::once(polygon.exterior()).chain(polygon.interiors()).for_each(|line| ring(out, line));
    }
}

fn ring(out: &mut Vec<u8>, line: &LineString) {
    count(out, line.0.len());
    out.extend(line.0.iter().flat_map(|point| [point.x, point.y]).flat_map(f64::to_le_bytes));
}
