//! Arguments -> exporter and file.

use super::Tag;
use std::path::Path;
use toponym::export::{By, Exporter, Format, Geometries, Shape};

impl Tag {
    /// The format asked for, or that of the extension of OUT.
    pub(super) fn format(&self) -> Result<Format, String> {
        let extension = self.output.as_deref().and_then(Path::extension).map(|e| e.to_string_lossy().to_lowercase());
        let (None, Some(extension)) = (self.format, extension) else {
            return Ok(self.format.map(Format::from).unwrap_or_default());
        };
        Format::from_extension(&extension).ok_or_else(|| {
            let known: Vec<_> = Format::extensions().map(|extension| format!(".{extension}")).collect();
            format!("no format has the extension .{extension}; end OUT in {}, or give --format", known.join(", "))
        })
    }

    /// The exporter of a format.
    pub(super) fn exporter(&self, format: Format) -> Box<dyn Exporter> {
        let by = self.by.map_or(By::default(), By::from);
        let geometry = self.geometry.map_or(Geometries::default(), Geometries::from);
        format.exporter(Shape { by, geometry, offsets: self.offsets.into() }, self.keep_text)
    }
}
