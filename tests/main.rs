//! The end-to-end tests of the library and the program, as one binary, since linking takes longer than running.

#[macro_use]
mod support;

mod api;
mod archive;
mod article;
mod batch;
mod behaviours;
mod bombs;
mod by_name;
mod cases;
mod config;
mod corpus;
mod data;
mod divisions;
mod download;
mod eval;
mod faults;
mod flaws;
mod formats;
mod gazetteer;
mod gdal;
mod geojson;
mod hostile;
mod identification;
mod input;
mod library;
mod literals;
mod long;
mod lookup;
mod mcp;
mod near;
mod output;
mod own;
mod page;
mod properties;
mod recogniser;
mod relations;
mod seeds;
mod serve;
mod site;
mod sources;
mod stream;
mod tag;
#[cfg(target_os = "linux")]
mod terminal;
mod usage;
