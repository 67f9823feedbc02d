//! `toponym mcp`: tools for assistants.

use super::recogniser::Recogniser;
use super::{Gazetteers, Outcome, finished};
use crate::messages::tell;
use clap::Args;
use std::io::IsTerminal;
use std::process::ExitCode;

/// Give assistants the tools geoparse, lookup, near, contains and distance, over the Model Context Protocol.
///
/// An assistant starts this command and speaks with it on standard input and output; nothing leaves the machine.
/// `docs/MCP.md` shows how assistants are told of it.
#[derive(Args)]
pub struct Mcp {
    /// Number of requests answered at once [default: the number of cores]
    #[arg(short, long, value_name = "N", value_parser = super::jobs)]
    jobs: Option<usize>,
    #[command(flatten)]
    gazetteers: Gazetteers,
    #[command(flatten)]
    recogniser: Recogniser,
}

impl Mcp {
    /// Runs the command until the client closes standard input.
    pub fn run(self) -> Outcome {
        if std::io::stdin().is_terminal() {
            tell!(
                "toponym: this command is for assistants, which start it themselves: tell yours of the command `toponym \
                 mcp`, as docs/MCP.md shows; Ctrl-C ends it"
            );
        }
        let gazetteer = self.gazetteers.open()?;
        let geoparser = self.recogniser.geoparser(gazetteer.clone())?;
        let cores = || std::thread::available_parallelism().map_or(1, usize::from);
        toponym_serve::serve_mcp(geoparser, self.jobs.unwrap_or_else(cores))
            .map_err(|error| format!("the client on standard input does not speak the protocol: {error}"))?;
        finished(&gazetteer, ExitCode::SUCCESS)
    }
}
