//! Arguments -> exporter and file.

use super::Tag;
use clap::ValueEnum;
use std::path::Path;
use toponym::Gazetteer;
use toponym::export::{Exporter, GeoJson, JsonLines};

/// An output format.
#[derive(Clone, Copy, ValueEnum)]
pub enum Format {
    /// GeoJSON (RFC 7946), for QGIS and web maps.
    Geojson,
    /// A JSON object a line and document, with every mention and its alternatives.
    Jsonl,
}

impl Tag {
    /// The format asked for, or the one that the output's extension says.
    pub(super) fn format(&self) -> Result<Format, String> {
        let extension = self.output.as_deref().and_then(Path::extension).map(|e| e.to_string_lossy().to_lowercase());
        match (self.format, extension.as_deref()) {
            (Some(format), _) => Ok(format),
            (None, None | Some("geojson" | "json")) => Ok(Format::Geojson),
            (None, Some("jsonl" | "ndjson")) => Ok(Format::Jsonl),
            (None, Some(other)) => {
                Err(format!("no format has the extension .{other}; name OUT .geojson or .jsonl, or give --format"))
            }
        }
    }

    /// What writes `format`.
    pub(super) fn exporter(&self, format: Format, gazetteer: &Gazetteer) -> Box<dyn Exporter> {
        match format {
            Format::Geojson => Box::new(
                GeoJson::new(self.by.unwrap_or_default(), &attribution(gazetteer))
                    .with_geometry(self.geometry.unwrap_or_default()),
            ),
            Format::Jsonl => Box::new(JsonLines),
        }
    }
}

/// Whose data the features rest on, for the map's credits.
fn attribution(gazetteer: &Gazetteer) -> String {
    let credits = gazetteer.layers().iter().flat_map(|index| &index.meta().credits);
    credits.map(|credit| format!("{}, {}", credit.name, credit.licence)).collect::<Vec<_>>().join("; ")
}
