//! CSV (RFC 4180): the fields, then latitude, longitude and well-known text.

use super::features::Feature;
use super::schema::fields;
use super::{Exporter, LayerRenderer, Piece, Renderer, Shape, Value, renderer_of_layer};
use geo::{Geometry, LineString, Polygon};
use std::io::{self, Read, Write};

/// The characters with which spreadsheets begin a formula, and the one that is put before text that begins with any of
/// them: East Asian versions read the full-width signs as the others, and leading white space is dropped on import. The guard
/// is one of them, so that removing one guard restores every text.
const FORMULA: &[char] = &['=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '\n', '\r', GUARD];
const GUARD: char = '\'';

/// Writes CSV: a line of field names and a line a feature.
pub struct Csv {
    shape: Shape,
    begun: bool,
}

impl Csv {
    /// Writes a feature per place, mention or document.
    pub fn new(shape: impl Into<Shape>) -> Self {
        Csv { shape: shape.into(), begun: false }
    }

    fn layer(&self) -> LayerRenderer {
        Box::new(|features, attribution| {
            let lines = features.iter().flat_map(|feature| line(cells(feature)).unwrap_or_default());
            Piece::bytes(lines.collect(), attribution)
        })
    }

    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        if self.begun {
            return Ok(());
        }
        self.begun = true;
        let names = fields(self.shape.by).map(|field| field.name).chain(["lat", "lon", "wkt"]);
        out.write_all(&line(names.map(str::to_owned).collect())?)
    }
}

impl super::sealed::Sealed for Csv {
    fn layer_renderer(&self) -> Option<LayerRenderer> {
        Some(self.layer())
    }
}

impl Exporter for Csv {
    fn renderer(&self) -> Renderer {
        renderer_of_layer(self.layer(), self.shape)
    }

    fn write(&mut self, piece: Piece, out: &mut dyn Write) -> io::Result<()> {
        self.begin(out)?;
        out.write_all(&piece.into_bytes())
    }

    fn finish(&mut self, out: &mut dyn Write) -> io::Result<()> {
        self.begin(out)
    }

    fn appends(&self) -> bool {
        true
    }

    fn resume(&mut self, _written: &mut dyn Read) -> io::Result<()> {
        self.begun = true;
        Ok(())
    }
}

fn cells(feature: &Feature) -> Vec<String> {
    let values = feature.values.iter().map(|value| match value {
        Value::Text(text) => guarded(text),
        other => other.to_text().unwrap_or_default(),
    });
    let degrees = |degrees: Option<f64>| degrees.map(|degrees| degrees.to_string()).unwrap_or_default();
    let lat_lon = [feature.point.map(|point| point.y()), feature.point.map(|point| point.x())];
    let geometry = feature.geometry().as_ref().map(wkt).unwrap_or_default();
    values.chain(lat_lon.map(degrees)).chain([geometry]).collect()
}

/// A text that no spreadsheet takes for a formula.
fn guarded(text: &str) -> String {
    if text.starts_with(FORMULA) { format!("{GUARD}{text}") } else { text.to_owned() }
}

fn line(cells: Vec<String>) -> io::Result<Vec<u8>> {
    let mut writer = ::csv::WriterBuilder::new().terminator(::csv::Terminator::CRLF).from_writer(Vec::new());
    writer.write_record(cells)?;
    writer.into_inner().map_err(|error| io::Error::other(error.to_string()))
}

/// The well-known text (OGC 06-103r4) of a geometry.
fn wkt(geometry: &Geometry) -> String {
    let ring = |ring: &LineString| {
        let points = ring.0.iter().map(|point| format!("{} {}", point.x, point.y)).collect::<Vec<_>>();
        format!("({})", points.join(", "))
    };
    let polygon = |polygon: &Polygon| {
        let rings = std::iter::once(polygon.exterior()).chain(polygon.interiors()).map(ring).collect::<Vec<_>>();
        format!("({})", rings.join(", "))
    };
    match geometry {
        Geometry::Point(point) => format!("POINT ({} {})", point.x(), point.y()),
        Geometry::MultiPolygon(area) if !area.0.is_empty() => {
            format!("MULTIPOLYGON ({})", area.0.iter().map(polygon).collect::<Vec<_>>().join(", "))
        }
        _ => "GEOMETRYCOLLECTION EMPTY".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::guarded;

    #[test]
    fn no_text_begins_a_formula_and_every_guard_comes_off() {
        for text in ["=1", "+1", "-1", "@a", "＝1", "＋1", "－1", "＠a", "\t=1", "\n=1", "\r=1", "'=1"] {
            assert_eq!(guarded(text), format!("'{text}"), "{text:?}");
        }
        for text in ["", "1=1", "Aleppo", " a", "÷1"] {
            assert_eq!(guarded(text), text);
        }
    }
}
