//! An aligned table of each document, for people at a terminal.

use super::features::{Feature, features};
use super::terminal::{aligned, escaped};
use super::{By, Exporter, LayerRenderer, Piece, Renderer, Shape};
use crate::annotations::Annotations;
use crate::document::Document;
use std::io::{self, Read, Write};

/// Writes a table a document, below its name and title: what is found, where it lies, its point, its confidence.
pub struct Table {
    shape: Shape,
    begun: bool,
    /// The rows over all documents, of [`By::Name`].
    rows: Vec<Vec<String>>,
}

impl Table {
    /// Writes a row per place, mention or document. Mentions without a place have their reason in it.
    pub fn new(shape: impl Into<Shape>) -> Self {
        Table { shape: shape.into(), begun: false, rows: Vec::new() }
    }
}

impl super::sealed::Sealed for Table {
    fn layer_renderer(&self) -> Option<LayerRenderer> {
        Some(Box::new(Piece::features))
    }
}

impl Exporter for Table {
    fn renderer(&self) -> Renderer {
        let shape = self.shape;
        Box::new(move |document, annotations| {
            Piece::bytes(of_document(document, annotations, shape).into_bytes(), &annotations.attribution)
        })
    }

    fn write(&mut self, piece: Piece, out: &mut dyn Write) -> io::Result<()> {
        if self.shape.by == By::Name {
            self.rows.extend(piece.into_features().iter().map(|feature| row(feature, By::Name)));
            return Ok(());
        }
        if self.begun {
            out.write_all(b"\n")?;
        }
        self.begun = true;
        out.write_all(&piece.into_bytes())
    }

    fn finish(&mut self, out: &mut dyn Write) -> io::Result<()> {
        if self.rows.is_empty() {
            return Ok(());
        }
        self.rows.insert(0, head(By::Name));
        out.write_all(aligned(&self.rows).as_bytes())
    }

    fn appends(&self) -> bool {
        true
    }

    fn resume(&mut self, _written: &mut dyn Read) -> io::Result<()> {
        self.begun = true;
        Ok(())
    }
}

/// The heads of the columns of a layer.
fn head(layer: By) -> Vec<String> {
    let heads: &[&str] = match layer {
        By::Place => &["PLACE", "TEXT", "IN", "FEATURE", "LAT,LON", "MENTIONS", "CONFIDENCE"],
        By::Mention => &["TEXT", "KIND", "PLACE", "IN", "FEATURE", "LAT,LON", "CONFIDENCE"],
        By::Document => &["ABOUT", "IN", "FEATURE", "LAT,LON", "SCORE", "MENTIONS", "PLACES"],
        By::Name => &["PLACE", "IN", "FEATURE", "LAT,LON", "DOCUMENTS", "MENTIONS", "FIRST", "LAST", "TITLES"],
    };
    heads.iter().map(|&head| head.to_owned()).collect()
}

/// The table of a document, with its name above it unless it came without one.
fn of_document(document: &Document, annotations: &Annotations, shape: Shape) -> String {
    let mut features = features(document, annotations, shape);
    if shape.by == By::Document {
        features.retain(|feature| feature.point.is_some());
    }
    let mut heading = Vec::new();
    if document.id != "-" {
        heading.extend([document.id.as_str(), document.meta.date.as_deref().unwrap_or_default()]);
    }
    heading.extend(document.meta.title.as_deref());
    heading.retain(|part| !part.is_empty());
    let mut table = String::new();
    if !heading.is_empty() {
        let one_line = |text: &&str| escaped(&text.split_whitespace().collect::<Vec<_>>().join(" "));
        table = heading.iter().map(one_line).collect::<Vec<_>>().join("  ") + "\n";
    }
    if features.is_empty() {
        return table + "no place\n";
    }
    let mut rows = vec![head(shape.by)];
    rows.extend(features.iter().map(|feature| row(feature, shape.by)));
    table + &aligned(&rows)
}

fn row(feature: &Feature, layer: By) -> Vec<String> {
    let text = |name| feature.text(layer, name).unwrap_or_default();
    let mut within = vec![text("admin2"), text("admin1"), text("country")];
    within.retain(|part| !part.is_empty() && *part != text("name"));
    within.dedup();
    let place = || {
        let what = [text("feature"), text("relation")].concat();
        let point = feature.point.map_or(String::new(), |point| format!("{:.4},{:.4}", point.y(), point.x()));
        [within.join(", "), what, point]
    };
    let told = match layer {
        By::Place => vec![text("name"), text("texts")],
        By::Mention if feature.point.is_none() => {
            vec![text("text"), text("kind"), format!("none: {}", text("reason"))]
        }
        By::Mention => vec![text("text"), text("kind"), text("name")],
        By::Document | By::Name => vec![text("name")],
    };
    let figures = match layer {
        By::Place => vec![text("mentions"), text("confidence")],
        By::Mention => vec![text("confidence")],
        By::Document => vec![text("score"), text("mentions"), text("places")],
        By::Name => ["documents", "mentions", "first_date", "last_date", "titles"].map(text).into(),
    };
    told.into_iter().chain(place()).chain(figures).collect()
}
