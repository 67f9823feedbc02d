//! Sources of places: each turns its own form into [`Row`]s.

mod geonames_tables;
mod place_table;
mod row;
mod table;

pub use geonames_tables::{read_cities, read_divisions};
pub use place_table::{read_city_names, read_demonyms, read_places};
pub use row::{NameKind, Row};
pub use table::Table;
