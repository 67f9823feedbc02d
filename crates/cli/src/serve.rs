//! `toponym serve`: the HTTP service.

use super::recogniser::Recogniser;
use super::{Gazetteers, Outcome, finished};
use crate::messages::tell;
use clap::Args;
use std::net::SocketAddr;
use std::process::ExitCode;
use std::time::Duration;
use toponym::document::MAX_DOCUMENT;
use toponym_serve::Settings;

/// Answer requests over HTTP: documents in, features out, as `tag` does.
///
/// Listens on this machine alone unless told otherwise. Nothing of a request is kept or logged. `docs/SERVICE.md` and
/// /v1/openapi.yaml describe the requests.
#[derive(Args)]
#[command(after_long_help = "\
Examples:
  toponym serve
    and then: curl -d 'Rain fell on Aleppo.' http://127.0.0.1:8090/v1/parse
  TOPONYM_TOKEN=secret toponym serve --listen 0.0.0.0:8090")]
pub struct Serve {
    /// Address and port to listen on; port 0 takes a free one.
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:8090")]
    listen: SocketAddr,
    /// Answer only requests with this token, in the header `Authorization: Bearer TOKEN`; better set by the variable
    /// TOPONYM_TOKEN than by a flag, which other users see.
    #[arg(long, hide_env_values = true)]
    token: Option<String>,
    /// Let pages of this origin use the service, such as `https://news.example`; repeat it for more.
    #[arg(long, value_name = "ORIGIN")]
    allow_origin: Vec<String>,
    /// Number of requests answered at once [default: the number of cores]
    #[arg(short, long, value_name = "N", value_parser = super::jobs)]
    jobs: Option<usize>,
    /// Number of requests that wait; further ones are refused with status 429.
    #[arg(long, value_name = "N", default_value_t = 64)]
    queue: usize,
    /// Greatest size of a body in bytes, as sent and unpacked.
    #[arg(long, value_name = "BYTES", default_value_t = 8 << 20, value_parser = super::at_least_one)]
    max_body: usize,
    /// Greatest size of a document in bytes: a body, or a line, row, item or record of one, unpacked.
    #[arg(long, value_name = "BYTES", default_value_t = MAX_DOCUMENT, value_parser = clap::value_parser!(u64).range(1..))]
    max_document: u64,
    /// Greatest number of open connections; a further one has the oldest idle one closed.
    #[arg(long, value_name = "N", default_value_t = 900, value_parser = super::at_least_one)]
    connections: usize,
    /// Seconds within which a request must arrive and get its turn.
    #[arg(long, value_name = "SECONDS", default_value_t = 30, value_parser = clap::value_parser!(u64).range(1..))]
    timeout: u64,
    #[command(flatten)]
    gazetteers: Gazetteers,
    #[command(flatten)]
    recogniser: Recogniser,
}

impl Serve {
    /// Runs the command until it is interrupted or terminated.
    pub fn run(self) -> Outcome {
        let gazetteer = self.gazetteers.open()?;
        let geoparser = self.recogniser.geoparser(gazetteer.clone())?;
        if self.token.as_deref() == Some("") {
            return Err("the token is empty; give one, or leave it out".into());
        }
        if !self.listen.ip().is_loopback() && self.token.is_none() {
            tell!("toponym: other machines can use this service, and it asks for no token; --token sets one");
        }
        let cores = || std::thread::available_parallelism().map_or(1, usize::from);
        let settings = Settings {
            address: self.listen,
            token: self.token,
            origins: self.allow_origin,
            jobs: self.jobs.unwrap_or_else(cores),
            queue: self.queue,
            max_body: self.max_body,
            max_document: self.max_document,
            connections: self.connections,
            timeout: Duration::from_secs(self.timeout),
        };
        let listen = self.listen;
        toponym_serve::serve(geoparser, settings, |address| tell!("toponym: listens on http://{address}"))
            .map_err(|error| format!("{listen}: cannot be listened on: {error}; choose another with --listen"))?;
        finished(&gazetteer, ExitCode::SUCCESS)
    }
}
