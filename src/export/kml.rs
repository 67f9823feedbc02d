//! KML 2.2 (OGC 07-147r2): Google Earth, and phones that show maps.

use super::features::Feature;
use super::schema::fields;
use super::xml::escaped;
use super::{By, Exporter, LayerRenderer, Piece, Renderer, Shape, Type, Value, renderer_of_layer};
use crate::gazetteer::Attribution;
use geo::{LineString, MultiPolygon};
use std::fmt::Write as _;
use std::io::{self, Read, Write};

/// The styles: id, lowest confidence, and colour as KML writes it: opacity, blue, green, red.
const STYLES: [(&str, f64, &str); 3] =
    [("sure", 0.9, "ff7a3d1f"), ("likely", 0.6, "ffc79a3e"), ("doubtful", 0.0, "ffb8a9a0")];

/// Writes KML: one document of placemarks, coloured by confidence.
pub struct Kml {
    shape: Shape,
    /// The attribution of the first document.
    attribution: Attribution,
    begun: bool,
}

impl Kml {
    /// Writes a placemark per place, mention or document. The attribution becomes the description.
    pub fn new(shape: impl Into<Shape>) -> Self {
        Kml { shape: shape.into(), attribution: Attribution::default(), begun: false }
    }

    fn layer(&self) -> LayerRenderer {
        let by = self.shape.by;
        Box::new(move |features, attribution| {
            let mut text = String::new();
            for feature in &features {
                // Writing to memory does not fail.
                let _ = placemark(&mut text, feature, by);
            }
            Piece::bytes(text.into(), attribution)
        })
    }

    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        if self.begun {
            return Ok(());
        }
        self.begun = true;
        write!(
            out,
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<kml xmlns=\"http://www.opengis.net/kml/2.2\">\n<Document>\n\
             <name>places</name>\n<description>{}</description>\n",
            escaped(&self.attribution.to_string())
        )?;
        for (id, _, colour) in STYLES {
            writeln!(
                out,
                "<Style id=\"{id}\"><IconStyle><color>{colour}</color></IconStyle><LineStyle><color>{colour}</color>\
                 </LineStyle><PolyStyle><color>66{}</color></PolyStyle></Style>",
                colour.get(2..).unwrap_or_default()
            )?;
        }
        out.write_all(b"<Schema name=\"toponym\" id=\"toponym\">\n")?;
        for field in fields(self.shape.by) {
            let kind = match field.kind {
                Type::Text | Type::DateTime => "string",
                Type::Integer => "int",
                Type::Real => "double",
                Type::Boolean => "bool",
            };
            writeln!(out, "<SimpleField type=\"{kind}\" name=\"{}\"></SimpleField>", field.name)?;
        }
        out.write_all(b"</Schema>\n")
    }
}

impl super::sealed::Sealed for Kml {
    fn layer_renderer(&self) -> Option<LayerRenderer> {
        Some(self.layer())
    }
}

impl Exporter for Kml {
    fn renderer(&self) -> Renderer {
        renderer_of_layer(self.layer(), self.shape)
    }

    fn write(&mut self, piece: Piece, out: &mut dyn Write) -> io::Result<()> {
        if !self.begun {
            self.attribution = piece.attribution.clone();
        }
        self.begin(out)?;
        out.write_all(&piece.into_bytes())
    }

    fn finish(&mut self, out: &mut dyn Write) -> io::Result<()> {
        self.begin(out)?;
        out.write_all(b"</Document>\n</kml>\n")
    }

    fn appends(&self) -> bool {
        true
    }

    fn resume(&mut self, _written: &mut dyn Read) -> io::Result<()> {
        self.begun = true;
        Ok(())
    }
}

fn placemark(out: &mut String, feature: &Feature, layer: By) -> std::fmt::Result {
    let text = |name| feature.text(layer, name);
    let sure = if layer == By::Document { "score" } else { "confidence" };
    let confidence = match feature.value(layer, sure) {
        Value::Real(confidence) => *confidence,
        _ => 0.0,
    };
    let style = STYLES.iter().find(|(_, least, _)| confidence >= *least).map_or("doubtful", |(id, ..)| id);
    write!(out, "<Placemark>")?;
    let described = text("sentence").or_else(|| text("titles"));
    for (element, text) in [("name", text("name")), ("description", described)] {
        if let Some(text) = text {
            write!(out, "<{element}>{}</{element}>", escaped(&text))?;
        }
    }
    if let Some(date) = text("date").filter(|date| is_kml_date(date)) {
        write!(out, "<TimeStamp><when>{}</when></TimeStamp>", escaped(&date))?;
    }
    let span = [("begin", text("first_date")), ("end", text("last_date"))];
    let span = span.map(|(element, date)| (element, date.filter(|date| is_kml_date(date))));
    if span.iter().any(|(_, date)| date.is_some()) {
        write!(out, "<TimeSpan>")?;
        for (element, date) in span.iter().filter_map(|(element, date)| Some((element, date.as_ref()?))) {
            write!(out, "<{element}>{}</{element}>", escaped(date))?;
        }
        write!(out, "</TimeSpan>")?;
    }
    write!(out, "<styleUrl>#{style}</styleUrl><ExtendedData><SchemaData schemaUrl=\"#toponym\">")?;
    for (field, value) in fields(layer).zip(&feature.values) {
        if let Some(text) = value.to_text() {
            write!(out, "<SimpleData name=\"{}\">{}</SimpleData>", field.name, escaped(&text))?;
        }
    }
    write!(out, "</SchemaData></ExtendedData>")?;
    match (&feature.area, feature.point) {
        (Some(area), _) => polygons(out, area)?,
        (None, Some(point)) => {
            write!(out, "<Point><coordinates>{},{}</coordinates></Point>", point.x(), point.y())?;
        }
        (None, None) => {}
    }
    writeln!(out, "</Placemark>")
}

fn polygons(out: &mut String, area: &MultiPolygon) -> std::fmt::Result {
    let ring = |ring: &LineString| {
        let points = ring.0.iter().map(|point| format!("{},{}", point.x, point.y)).collect::<Vec<_>>();
        format!("<LinearRing><coordinates>{}</coordinates></LinearRing>", points.join(" "))
    };
    write!(out, "<MultiGeometry>")?;
    for polygon in area {
        write!(out, "<Polygon><outerBoundaryIs>{}</outerBoundaryIs>", ring(polygon.exterior()))?;
        for hole in polygon.interiors() {
            write!(out, "<innerBoundaryIs>{}</innerBoundaryIs>", ring(hole))?;
        }
        write!(out, "</Polygon>")?;
    }
    write!(out, "</MultiGeometry>")
}

/// Whether a text is a date in the part of ISO 8601 that KML accepts: year, month and day, or these, a `T`, and a time
/// with a zone.
fn is_kml_date(text: &str) -> bool {
    let like = |pattern: &str, text: &str| {
        text.len() == pattern.len()
            && pattern.bytes().zip(text.bytes()).all(|(p, b)| if p == b'0' { b.is_ascii_digit() } else { p == b })
    };
    match text.split_once('T') {
        None => like("0000-00-00", text),
        Some((day, time)) => {
            let (time, zone) = time.split_at(time.find(['Z', '+', '-']).unwrap_or(time.len()));
            let time = time.split_once('.').map_or(time, |(seconds, _)| seconds);
            let zoned = zone == "Z" || like("+00:00", zone) || like("-00:00", zone);
            like("0000-00-00", day) && like("00:00:00", time) && zoned
        }
    }
}

#[cfg(test)]
mod tests {
    use super::is_kml_date;

    #[test]
    fn dates_are_those_that_kml_knows() {
        for good in ["2016-03-12", "2016-03-12T18:40:00Z", "2016-03-12T18:40:00.5+02:00"] {
            assert!(is_kml_date(good), "{good}");
        }
        for bad in ["", "12 Mar, 2016", "2016-03-12T18:40", "2016-03-12T18:40:00", "2016-3-12", "T", "2016-03-12TZ"] {
            assert!(!is_kml_date(bad), "{bad}");
        }
    }
}
