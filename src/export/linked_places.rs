//! Linked Places: gazetteer records for the World Historical Gazetteer and others, as GeoJSON-LD (1.3) and as a table (LP-TSV 0.5).

use super::features::Feature;
use super::source::SEPARATOR;
use super::{By, Exporter, LayerRenderer, Piece, Renderer, Shape, iri, renderer_of_layer};
use crate::gazetteer::Attribution;
use serde_json::{Value as Json, json};
use std::io::{self, Write};

/// The context of Linked Places 1.3.
const CONTEXT: &str =
    "https://raw.githubusercontent.com/LinkedPasts/linked-places/master/linkedplaces-context-v1.3.jsonld";
/// The feature classes of GeoNames that Linked Places knows.
const CLASSES: &str = "AHLPRST";
/// The columns of LP-TSV.
const COLUMNS: [&str; 16] = [
    "id",
    "title",
    "title_source",
    "title_uri",
    "fclasses",
    "attestation_year",
    "ccodes",
    "matches",
    "variants",
    "types",
    "lon",
    "lat",
    "geo_source",
    "geo_id",
    "approximation",
    "description",
];

/// Writes Linked Places, a record a place over all documents.
pub struct LinkedPlaces {
    is_table: bool,
    /// The attribution of the first document.
    attribution: Attribution,
    begun: bool,
}

impl LinkedPlaces {
    /// As GeoJSON-LD.
    pub fn json() -> Self {
        LinkedPlaces { is_table: false, attribution: Attribution::default(), begun: false }
    }

    /// As a table, its cells between tabs.
    pub fn table() -> Self {
        LinkedPlaces { is_table: true, ..LinkedPlaces::json() }
    }

    fn layer(&self) -> LayerRenderer {
        let is_table = self.is_table;
        Box::new(move |features, attribution| {
            let lines: Vec<String> = features.iter().map(|feature| line(feature, is_table)).collect();
            let text = if is_table { lines.concat() } else { lines.join(",\n") };
            Piece::bytes(text.into_bytes(), attribution)
        })
    }

    /// Writes the head of the collection before the first record, and `separator` before each other.
    fn begin(&mut self, separator: &str, out: &mut dyn Write) -> io::Result<()> {
        if self.begun {
            return out.write_all(separator.as_bytes());
        }
        self.begun = true;
        if self.is_table {
            return writeln!(out, "{}", COLUMNS.join("\t"));
        }
        let attribution = json!(self.attribution.to_string());
        let context = json!(CONTEXT);
        writeln!(
            out,
            "{{\"type\":\"FeatureCollection\",\"@context\":{context},\"attribution\":{attribution},\"features\":["
        )
    }
}

impl super::sealed::Sealed for LinkedPlaces {
    fn layer_renderer(&self) -> Option<LayerRenderer> {
        Some(self.layer())
    }
}

impl Exporter for LinkedPlaces {
    fn renderer(&self) -> Renderer {
        renderer_of_layer(self.layer(), Shape::from(By::Name))
    }

    fn write(&mut self, piece: Piece, out: &mut dyn Write) -> io::Result<()> {
        if !self.begun {
            self.attribution = piece.attribution.clone();
        }
        let bytes = piece.into_bytes();
        if bytes.is_empty() {
            return Ok(());
        }
        self.begin(if self.is_table { "" } else { ",\n" }, out)?;
        out.write_all(&bytes)
    }

    fn finish(&mut self, out: &mut dyn Write) -> io::Result<()> {
        self.begin("", out)?;
        if self.is_table { Ok(()) } else { out.write_all(b"\n]}\n") }
    }
}

fn line(feature: &Feature, is_table: bool) -> String {
    let record = Record::new(feature);
    if is_table { record.row() } else { record.json().to_string() }
}

/// What a record says of a place.
struct Record {
    iri: String,
    title: String,
    /// The other names that the documents have for it.
    variants: Vec<String>,
    country: Option<String>,
    /// GeoNames feature class and code.
    feature: Option<String>,
    lon: f64,
    lat: f64,
    /// Whom the point is from.
    source: Option<String>,
    /// How far the place may lie from the point, in kilometres.
    tolerance: Option<String>,
    first: Option<String>,
    last: Option<String>,
    titles: String,
    documents: String,
    mentions: String,
    /// Its id in an authority that Linked Places knows by a prefix.
    authority: Option<String>,
}

impl Record {
    fn new(feature: &Feature) -> Self {
        let text = |name| feature.text(By::Name, name);
        let day = |name| text(name).map(|date| date.get(..10).unwrap_or(&date).to_owned());
        let (lon, lat) = feature.point.map_or((0.0, 0.0), |point| (point.x(), point.y()));
        let title = text("name").unwrap_or_default();
        let id = text("place_id");
        let tolerance = text("uncertainty_km").or_else(|| text("exact_km"));
        let relative =
            || format!("urn:toponym:relative:{}", iri::digest(&[&title, &lat.to_string(), &lon.to_string()]));
        let authority = id.as_deref().and_then(|id| match id.split_once(':') {
            Some(("geonames", number)) => Some(format!("gn:{number}")),
            Some(("wikidata", item)) => Some(format!("wd:{item}")),
            _ => None,
        });
        let texts = text("texts").unwrap_or_default();
        let variants = texts.split(SEPARATOR).filter(|name| !name.is_empty() && *name != title).map(str::to_owned);
        Record {
            iri: id.as_deref().map_or_else(relative, iri::of_place),
            variants: variants.collect(),
            country: text("country"),
            feature: text("feature"),
            lon,
            lat,
            source: text("source"),
            tolerance,
            first: day("first_date"),
            last: day("last_date"),
            titles: text("titles").unwrap_or_default(),
            documents: text("documents").unwrap_or_default(),
            mentions: text("mentions").unwrap_or_default(),
            authority,
            title,
        }
    }

    fn class(&self) -> Option<&str> {
        self.feature.as_deref().and_then(|feature| feature.get(..1)).filter(|class| CLASSES.contains(*class))
    }

    fn description(&self) -> String {
        format!("mentions: {}; documents: {}: {}", self.mentions, self.documents, self.titles)
    }

    fn json(&self) -> Json {
        let when = self.first.as_ref().map(|first| {
            let last = self.last.as_ref().unwrap_or(first);
            json!({"timespans": [{"start": {"in": first}, "end": {"in": last}}]})
        });
        let names = std::iter::once(&self.title).chain(&self.variants).map(|name| {
            let mut name = json!({"toponym": name, "citations": [{"label": self.titles}]});
            if let Some(when) = &when {
                name["when"] = when.clone();
            }
            name
        });
        let mut geometry = json!({"type": "Point", "coordinates": [self.lon, self.lat]});
        if let Some(source) = &self.source {
            geometry["citations"] = json!([{"label": source}]);
        }
        if let Some(km) = self.tolerance.as_ref().and_then(|km| km.parse::<f64>().ok()) {
            geometry["approximation"] = json!({"type": "gvp:approximateLocation", "tolerance": km});
        }
        let mut record = json!({
            "@id": self.iri,
            "type": "Feature",
            "properties": {
                "title": self.title,
                "ccodes": self.country.iter().collect::<Vec<_>>(),
                "fclasses": self.class().into_iter().collect::<Vec<_>>(),
            },
            "names": names.collect::<Vec<_>>(),
            "geometry": geometry,
            "descriptions": [{"value": self.description()}],
        });
        if let Some(when) = when {
            record["when"] = when;
        }
        if let Some(feature) = &self.feature {
            let identifier = format!("https://www.geonames.org/ontology#{feature}");
            record["types"] = json!([{"identifier": identifier, "label": feature}]);
        }
        if let Some(authority) = &self.authority {
            record["links"] = json!([{"type": "exactMatch", "identifier": authority}]);
        }
        record
    }

    fn row(&self) -> String {
        // A cell has no quotes: white space, such as tabs and line ends, becomes a blank, and what parts lists a comma.
        let cell = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let listed = |text: &String| cell(text).replace(';', ",");
        let or_none = |text: &Option<String>| text.as_deref().map(cell).unwrap_or_default();
        let year = self.first.as_ref().map(|day| day.get(..4).unwrap_or_default().to_owned());
        let cells: [String; COLUMNS.len()] = [
            self.iri.clone(),
            cell(&self.title),
            cell(&self.titles),
            String::new(),
            self.class().unwrap_or_default().to_owned(),
            or_none(&year),
            or_none(&self.country),
            or_none(&self.authority),
            self.variants.iter().map(listed).collect::<Vec<_>>().join(";"),
            or_none(&self.feature),
            self.lon.to_string(),
            self.lat.to_string(),
            or_none(&self.source),
            if self.authority.is_some() { self.iri.clone() } else { String::new() },
            or_none(&self.tolerance),
            cell(&self.description()),
        ];
        cells.join("\t") + "\n"
    }
}
