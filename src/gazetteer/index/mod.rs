//! The index file: written once, then used in place.

mod divisions;
pub(crate) mod format;
mod lists;
mod meta;
mod names;
mod near;
mod open;
mod sections;
mod sorter;
mod walk;
mod write;

pub use format::Posting;
pub use meta::{Credit, Meta};
pub use near::{EARTH_RADIUS_KM, LatLonBox, Near};
pub use open::{Index, Named, is_searching};
pub use walk::NameWalk;
pub use write::IndexBuilder;
