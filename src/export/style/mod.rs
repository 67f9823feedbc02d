//! The look of layers in QGIS: colour by confidence, size by mentions, labels, map tips, and dates for the temporal controller.

use super::By;

/// The style of a layer of points, as a file that QGIS finds by its name: `map.qml` is the style of `map.geojson`.
///
/// ```
/// use toponym::export::{By, qgis_style};
/// assert!(qgis_style(By::Place).starts_with("<!DOCTYPE qgis"));
/// ```
pub fn qgis_style(by: By) -> String {
    // The field that colours, the label, the size in millimetres, and the mode of the time: of one field, or from one to another.
    let (colour, label, size, time, start, end) = match by {
        By::Document => ("score", "name", "3.2", "1", "date", ""),
        By::Place => ("confidence", "name", "2 + 1.6 * sqrt(&quot;mentions&quot;)", "1", "date", ""),
        By::Mention => ("confidence", "text", "2.4", "1", "date", ""),
        By::Name => ("confidence", "name", "2 + 1.6 * sqrt(&quot;documents&quot;)", "2", "first_date", "last_date"),
    };
    let values = [("{colour}", colour), ("{label}", label), ("{size}", size)];
    let values = values.into_iter().chain([("{time}", time), ("{start}", start), ("{end}", end)]);
    values.fold(include_str!("points.qml").to_owned(), |style, (mark, value)| style.replace(mark, value))
}

/// The style of a layer of the areas of relative places.
#[cfg(feature = "gpkg")]
pub(super) fn areas() -> String {
    let values = [("{time}", "1"), ("{start}", "date"), ("{end}", "")];
    values.into_iter().fold(include_str!("areas.qml").to_owned(), |style, (mark, value)| style.replace(mark, value))
}
