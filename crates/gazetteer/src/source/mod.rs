//! Sources of places: each is read into [`PlaceRow`]s.

mod columns;
mod features;
mod filter;
mod geonames;
mod geonames_tables;
mod input;
mod intake;
mod outlets;
mod place_table;
mod row;

pub use columns::Columns;
pub use filter::Filter;
pub use geonames_tables::{read_cities, read_divisions};
pub use intake::{BadRow, Intake, Options, Tally, read_sources};
pub use outlets::{Outlet, read_outlets};
pub use place_table::{read_city_names, read_demonyms, read_places};
pub use row::{Name, NameKind, PlaceRow};
