//! **toponym**: articles in, maps out.
//!
//! Finds the places that a text mentions, decides which place each one is, and writes GeoJSON for QGIS and web maps:
//!
//! ```
//! use toponym::export::{By, Exporter, GeoJson};
//! use toponym::{Document, Geoparser};
//!
//! let geoparser = Geoparser::embedded()?;
//! let document = Document::new("news", "Kurdish militias left the district of Sheikh Maqsoud in Aleppo.");
//! let annotations = geoparser.annotate(&document);
//! for mention in &annotations.mentions {
//!     println!("{} {:?} {:.2}", mention.text(&document), mention.place, mention.confidence);
//! }
//! let mut out = Vec::new();
//! let mut geojson = GeoJson::new(By::Place);
//! geojson.document(&document, &annotations, &mut out)?;
//! geojson.finish(&mut out)?;
//! assert!(String::from_utf8(out)?.contains("\"coordinates\":[37.1517,36.2361]"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! [`Document`]s come from text, or from files through [`document::Inputs`]. A [`Geoparser`] turns each into
//! [`Annotations`], which own all they hold and can be stored, sent to other threads and serialised. [`Resources`] hold
//! what geoparsers share: the [`Gazetteer`] and the models. [`export`] writes annotations in every format. With the
//! feature `eval`, [`eval`] scores answers on annotated documents; with the feature `train`, [`train`] makes models.
//!
//! `docs/API.md` lists every public name and says which changes may break a caller.
//!
//! # The flow
//!
//! One module a step: `document` reads, `text` cuts a text into tokens, `mention` finds the names, `candidate` looks up
//! the places that bear them, `resolve` chooses among those, `relation` reads what is told relative to places and in
//! coordinates, `annotations` gathers it all, `export` writes it. `geoparser` calls the steps from tokens to
//! annotations, in that order.

#![deny(unsafe_code)]
#![deny(missing_docs)]

mod annotations;
mod candidate;
mod course;
pub mod document;
mod embedded;
mod error;
#[cfg(feature = "eval")]
pub mod eval;
pub mod export;
pub mod gazetteer;
mod geoparser;
mod mention;
mod outline;
mod probability;
mod relation;
mod resolve;
mod resources;
mod selection;
#[doc(hidden)]
pub mod steps;
#[cfg(feature = "train")]
pub mod train;

pub use annotations::{Alternative, Annotations, Focus, Mention, Relative};
pub use candidate::Form;
pub use document::Document;
pub use error::Error;
pub use gazetteer::{Gazetteer, Place};
pub use geoparser::Geoparser;
pub use mention::{Kind, Model as RecogniserModel, ModelError, Reason, Recogniser};
pub use relation::{AreaFrom, AreaGeometry};
pub use resolve::{Hint, Model as ResolverModel, Topic, Why};
pub use resources::Resources;
pub use selection::Selection;
pub use toponym_text::Span;

#[cfg(test)]
use embedded::recogniser;
use embedded::{embedded, recognisers, resolver};
use toponym_text as text;

/// Compiles the code of the README.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
