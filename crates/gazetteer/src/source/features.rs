//! GeoJSON points, lines and polygons, and Linked Places Format, which is GeoJSON with names and times.

use super::intake::Intake;
use super::{Name, NameKind, PlaceRow, columns};
use crate::GazetteerError;
use geo::{BoundingRect, CoordsIter, Geometry, InteriorPoint, Line, LinesIter, Point};
use geojson::{Feature, FeatureReader};
use serde_json::Value;
use std::io::Read;

/// Reads a FeatureCollection, one feature at a time.
pub fn read_features(input: &mut dyn Read, intake: &mut Intake<'_>) -> Result<(), GazetteerError> {
    let id_source = intake.id_source();
    let mut failures = 0;
    for (feature, number) in FeatureReader::from_reader(input).features().zip(1..) {
        let row = feature.map_err(|e| e.to_string()).and_then(|feature| row(&feature, intake, &id_source, number));
        failures = if row.is_err() { failures + 1 } else { 0 };
        intake.take(number, row)?;
        // A syntax error ends the text: the reader cannot find the next feature and would return the error again and
        // again.
        if failures > 1000 {
            break;
        }
    }
    Ok(())
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

fn row(feature: &Feature, intake: &Intake<'_>, id_source: &str, number: u64) -> Result<PlaceRow, String> {
    let properties: Vec<(String, String)> =
        feature.properties.iter().flatten().map(|(key, value)| (key.clone(), plain(value))).collect();
    let geometry = feature.geometry.as_ref().ok_or("it has no geometry")?;
    let geometry = Geometry::<f64>::try_from(geometry).map_err(|e| e.to_string())?;
    let point = point_of(&geometry).ok_or("its geometry is empty")?;
    let get = |what: &str| {
        let key = intake.options().columns.find(what, properties.iter().map(|(key, _)| key.as_str()));
        key.and_then(|key| properties.iter().find(|(k, _)| k == key)).map_or("", |(_, value)| value.as_str())
    };
    let (lat, lon) = (point.y().to_string(), point.x().to_string());
    let foreign = |member: &str| feature.foreign_members.as_ref().and_then(|members| members.get(member));
    let own_id = feature.id.as_ref().map(|id| match id {
        geojson::feature::Id::String(id) => id.clone(),
        geojson::feature::Id::Number(id) => id.to_string(),
    });
    let id = own_id.or_else(|| foreign("@id").map(plain)).unwrap_or_else(|| get("id").to_owned());
    let given = |what: &str| match what {
        "lat" => lat.as_str(),
        "lon" => lon.as_str(),
        "id" => id.as_str(),
        _ => get(what),
    };
    let mut row = columns::row(given, id_source, number)?;
    row.bounds = geometry
        .bounding_rect()
        .filter(|rect| rect.width() > 0.0 || rect.height() > 0.0)
        .map(|rect| [rect.min().x, rect.min().y, rect.max().x, rect.max().y]);
    row.names.extend(foreign("names").and_then(Value::as_array).into_iter().flatten().filter_map(linked_name));
    let relations = foreign("relations").and_then(Value::as_array);
    row.part_of = relations.into_iter().flatten().find_map(linked_whole);
    if row.name.is_empty() && !row.names.is_empty() {
        row.name = row.names.remove(0).text;
    }
    Ok(row)
}

/// A name of the Linked Places Format: `{"toponym": "Abingdon", "lang": "en", "when": {...}}`.
fn linked_name(name: &Value) -> Option<Name> {
    let text = name.get("toponym")?.as_str()?.to_owned();
    let spans = name.pointer("/when/timespans").and_then(Value::as_array);
    let ended = spans.is_some_and(|spans| !spans.is_empty() && spans.iter().all(|span| span.get("end").is_some()));
    let kind = if ended { NameKind::Historic } else { NameKind::Variant };
    Some(Name { text, kind, language: name.get("lang").and_then(Value::as_str).unwrap_or("").to_owned() })
}

/// A relation of the Linked Places Format, which says what the place is a part of:
/// `{"relationType": "gvp:broaderPartitive", "relationTo": "https://example.org/places/berkshire"}`.
fn linked_whole(relation: &Value) -> Option<String> {
    let partitive = relation.get("relationType")?.as_str()?.ends_with("broaderPartitive");
    Some(relation.get("relationTo")?.as_str()?.to_owned()).filter(|_| partitive)
}

/// The value of a property as text; the items of a list are separated by bars.
fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        Value::Array(list) => list.iter().map(plain).collect::<Vec<_>>().join("|"),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::{MANY, point_of};
    use geo::{Contains, Geometry, LineString, Point, Polygon};

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
