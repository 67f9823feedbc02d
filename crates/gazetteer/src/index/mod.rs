//! The index file: written once, then read in place.

mod builder;
mod bytes;
mod divisions;
pub(crate) mod format;
mod lists;
mod merge;
mod meta;
mod names;
mod near;
mod open;
mod search;
mod sections;
mod sorter;
mod walk;
mod write;

pub use builder::IndexBuilder;
pub use format::Posting;
pub use meta::{FeatureType, Meta};
pub use near::{LatLonBox, Near};
pub use open::{Index, is_searching};
pub use search::Named;
pub use walk::NameWalk;
