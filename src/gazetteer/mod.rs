//! Places, their names, and how to find them: look-ups, index files, and the sources that indexes are built from.

pub mod source;

pub use crate::embedded::embedded;
pub use toponym_gazetteer::{
    Attribution, Credit, Gazetteer, GazetteerError, Hit, Index, IndexBuilder, LatLonBox, Match, Name, NameKind, Place,
    PlaceRow, is_searching,
};

pub(crate) use toponym_gazetteer::{PlaceKey, PlaceRef, PlaceView, geodesy, index, is_romanised, other_spellings};
