//! Sources of places: each is read into [`PlaceRow`]s.

mod archive;
mod columns;
mod encoding;
mod features;
mod filter;
mod form;
mod geometry;
mod geonames;
mod geonames_tables;
mod input;
mod intake;
mod json_stream;
mod name_columns;
mod numbers;
mod osm;
mod outlets;
mod place_table;
mod record;
mod remarks;
mod row;
mod table;

pub use columns::Columns;
pub use filter::Filter;
pub use geonames_tables::{read_cities, read_divisions};
pub use intake::{BadRow, Intake, Options, Tally, read_sources};
pub use outlets::{Outlet, read_outlets};
pub use place_table::{read_city_names, read_demonyms, read_places};
pub use row::{Name, NameKind, PlaceRow};
