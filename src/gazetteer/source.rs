//! Reading GeoNames dumps, tables, GeoJSON and Linked Places into an [`IndexBuilder`](super::IndexBuilder).

pub use toponym_gazetteer::source::{BadRow, Columns, Filter, Options, Tally, read_sources};
