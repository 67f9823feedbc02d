//! The HTTP service and the MCP server of the toponym geoparser: what `toponym serve` and `toponym mcp` run.
//!
//! Nothing of a request is kept or logged, and no request names a file: documents come in the body alone.

#![deny(missing_docs)]

mod cliff;
mod compatible;
mod connections;
mod divisions;
mod export;
mod gate;
mod mcp;
mod media;
mod metrics;
mod output;
mod parse;
mod places;
mod problem;
mod reconcile;
mod record;
mod routes;
mod server;
mod stream;

pub use mcp::serve_mcp;
pub use server::serve;

use std::net::SocketAddr;
use std::time::Duration;

/// The OpenAPI description of the service, which it hands out too.
pub const OPENAPI: &str = include_str!("../openapi.yaml");

/// Where the service listens, and the bounds that it keeps.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The address and port.
    pub address: SocketAddr,
    /// The token that requests must bear; none for an open service.
    pub token: Option<String>,
    /// The origins of pages that may use the service; none is the default of browsers, the service's own.
    pub origins: Vec<String>,
    /// The number of requests answered at once.
    pub jobs: usize,
    /// The number of requests that wait for one of these; further ones are refused with 429.
    pub queue: usize,
    /// The size of a body in bytes, as sent and unpacked.
    pub max_body: usize,
    /// The size of a document in bytes: a body, or a line, row, item or record of one, unpacked.
    pub max_document: u64,
    /// The number of open connections; a further one has the oldest closed that asks nothing, or waits.
    pub connections: usize,
    /// The time within which a request's head, its body, and its turn must come, and a reader must take some bytes of
    /// the answer.
    pub timeout: Duration,
}
