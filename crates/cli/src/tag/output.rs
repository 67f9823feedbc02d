//! Arguments -> exporter and file.

use super::Tag;
use std::io::IsTerminal;
use std::path::Path;
use toponym::export::{By, Exporter, Format, Geometries, Shape};

impl Tag {
    /// The format asked for, or that of the extension of OUT.
    pub(super) fn format(&self) -> Result<Format, String> {
        let extension = self.output.as_deref().and_then(Path::extension).map(|e| e.to_string_lossy().to_lowercase());
        let (None, Some(extension)) = (self.format, extension) else {
            let shown = self.output.is_none() && std::io::stdout().is_terminal();
            let usual = if shown { Format::Table } else { Format::default() };
            return Ok(self.format.map_or(usual, Format::from));
        };
        Format::from_extension(&extension).ok_or_else(|| {
            let known: Vec<_> = Format::extensions().map(|extension| format!(".{extension}")).collect();
            format!("no format has the extension .{extension}; end OUT in {}, or give --format", known.join(", "))
        })
    }

    /// What features stand for.
    pub(super) fn by(&self) -> By {
        self.by.map_or(By::default(), By::from)
    }

    /// The exporter of a format.
    pub(super) fn exporter(&self, format: Format) -> Box<dyn Exporter> {
        let by = self.by();
        let geometry = self.geometry.map_or(Geometries::default(), Geometries::from);
        format.exporter(Shape { by, geometry, offsets: self.offsets.into() }, self.keep_text)
    }
}
