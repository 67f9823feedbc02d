//! Well-known binary (OGC 06-103r4), little endian.

use geo::{Geometry, LineString, MultiPolygon};

/// The type codes.
const POINT: u32 = 1;
const POLYGON: u32 = 3;
const MULTI_POLYGON: u32 = 6;

/// Appends a point or a multipolygon, the geometries that features have.
pub fn append(out: &mut Vec<u8>, geometry: &Geometry) {
    match geometry {
        Geometry::MultiPolygon(area) => multi_polygon(out, area),
        Geometry::Point(point) => {
            begin(out, POINT);
            out.extend([point.x(), point.y()].into_iter().flat_map(f64::to_le_bytes));
        }
        _ => {}
    }
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
