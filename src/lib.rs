//! **toponym**: articles in, maps out.
//!
//! Finds the places that a text mentions, decides which place each one is, and writes GeoJSON for QGIS and web maps:
//!
//! ```
//! use toponym::export::{By, Exporter, GeoJson};
//! use toponym::{Document, Geoparser};
//!
//! let gazetteer = toponym::embedded()?;
//! let geoparser = Geoparser::new(&gazetteer);
//! let article = Document::new("news", "Kurdish militias left the district of Sheikh Maqsoud in Aleppo.");
//! let mut out = Vec::new();
//! let mut geojson = GeoJson::new(By::Place, "GeoNames, CC BY 4.0");
//! geojson.document(&geoparser.parse(&article), &mut out)?;
//! geojson.finish(&mut out)?;
//! assert!(String::from_utf8(out)?.contains("\"coordinates\":[37.1517,36.2361]"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! The modules follow the flow: [`document`], [`text`], [`mention`], [`candidate`], [`resolve`], [`relation`], [`export`], with the
//! [`gazetteer`] beside them; [`Geoparser`] calls them in that order. `eval` measures how well.

#![deny(unsafe_code)]
#![deny(missing_docs)]

pub mod candidate;
pub mod document;
mod embedded;
#[cfg(feature = "eval")]
pub mod eval;
pub mod export;
mod geoparser;
pub mod mention;
pub mod outline;
mod probability;
pub mod relation;
pub mod resolve;
pub mod select;
#[cfg(feature = "train")]
pub mod train;

pub use toponym_gazetteer as gazetteer;
pub use toponym_text as text;

pub use document::Document;
pub use embedded::{embedded, recogniser};
pub use gazetteer::{Gazetteer, PlaceRef};
pub use geoparser::{Geoparser, Parsed};
