//! GeoPackage 1.3 (OGC 12-128r17): documents, places, mentions and areas as layers of one file, joined by keys.

mod database;
mod geometry;

use super::features::{Layers, layers};
use super::{By, Exporter, LayerRenderer, Piece, Renderer, Shape};
use crate::gazetteer::Attribution;
use database::Database;
use std::io::{self, Write};

/// Writes a GeoPackage: three layers, and a fourth if areas are asked for; with [`By::Name`] only that of all documents' places. The layer of mentions also holds those
/// without a place; their geometry is null. The database grows in a temporary file and is copied to the output at the
/// end.
pub struct GeoPackage {
    shape: Shape,
    /// Open from the first document on.
    database: Option<Database>,
}

impl GeoPackage {
    /// Draws relative places and counts offsets as `shape` says. The attribution becomes the metadata of the
    /// package.
    pub fn new(shape: impl Into<Shape>) -> Self {
        GeoPackage { shape: shape.into(), database: None }
    }

    fn take(&mut self, attribution: &Attribution) -> io::Result<Database> {
        match self.database.take() {
            Some(database) => Ok(database),
            None => Database::create(self.shape, &attribution.to_string()),
        }
    }
}

impl super::sealed::Sealed for GeoPackage {
    fn layer_renderer(&self) -> Option<LayerRenderer> {
        Some(Box::new(Piece::features))
    }
}

impl Exporter for GeoPackage {
    fn renderer(&self) -> Renderer {
        let shape = self.shape;
        Box::new(move |document, annotations| Piece::layers(layers(document, annotations, shape), annotations))
    }

    fn write(&mut self, piece: Piece, _: &mut dyn Write) -> io::Result<()> {
        let mut database = self.take(&piece.attribution)?;
        if self.shape.by == By::Name {
            database.add_names(&piece.into_features()).map_err(io::Error::other)?;
        } else if let Some(layers) = piece.into_layers() {
            let Layers { document, places, mentions } = *layers;
            database.add(&document, &places, &mentions).map_err(io::Error::other)?;
        }
        self.database = Some(database);
        Ok(())
    }

    fn finish(&mut self, out: &mut dyn Write) -> io::Result<()> {
        self.take(&Attribution::default())?.finish(out)
    }
}
