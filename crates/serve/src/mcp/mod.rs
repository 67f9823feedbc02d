//! `toponym mcp`: a server of the Model Context Protocol on standard input and output, for assistants.

mod geoparse;
mod spot;

use crate::gate::Gate;
use crate::places::{Lookup, NamedPlace, Near, NearPlace, Places};
use geoparse::{Geoparse, Geoparsed};
use rmcp::handler::server::router::tool::ToolRouter;
use rmcp::handler::server::wrapper::Parameters;
use rmcp::model::{Implementation, ServerCapabilities, ServerConfig};
use rmcp::{Json, ServerHandler, ServiceExt, tool, tool_handler, tool_router};
use spot::{Contained, Contains, Distance, Measured};
use std::io;
use std::sync::Arc;
use std::time::Duration;
use toponym::{Gazetteer, Geoparser};

/// What an assistant is told of the server.
const INSTRUCTIONS: &str = "Finds the places that texts mention and looks places up in a gazetteer. Everything is \
    computed on this machine; nothing is sent anywhere. Give whole articles to geoparse rather than single names: the \
    text round a name decides which place it is. Ids such as geonames:170063 are stable and can be given to contains and \
    distance. Coordinates are WGS 84 degrees.";

/// Requests that wait for a thread; an assistant has few at a time.
const QUEUE: usize = 1024;
/// The longest that a request waits for its turn.
const PATIENCE: Duration = Duration::from_secs(600);

/// Serves one client on standard input and output until it closes them. `jobs` requests are answered at once.
///
/// # Errors
/// When the client does not speak the protocol.
pub fn serve_mcp(geoparser: Geoparser, jobs: usize) -> io::Result<()> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(async {
        let serving = Server::new(geoparser, jobs).serve(rmcp::transport::stdio()).await;
        let running = match serving {
            Ok(running) => running,
            // The client went away before it said anything.
            Err(error) if error.to_string().contains("connection closed") => return Ok(()),
            Err(error) => return Err(io::Error::other(error.to_string())),
        };
        running.waiting().await.map(|_| ()).map_err(io::Error::other)
    })
}

#[derive(Clone)]
struct Server {
    geoparser: Geoparser,
    gate: Arc<Gate>,
    tool_router: ToolRouter<Self>,
}

/// An answer as structured content, or what to do instead, which the assistant is shown as the tool's error.
type Answer<T> = Result<Json<T>, String>;

#[tool_router]
impl Server {
    fn new(geoparser: Geoparser, jobs: usize) -> Self {
        let gate = Gate::new(jobs, QUEUE, PATIENCE);
        Server { geoparser, gate: gate.into(), tool_router: Self::tool_router() }
    }

    /// Runs `work` on a thread of its own.
    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Geoparser) -> Result<T, String> + Send + 'static,
    ) -> Answer<T> {
        let _place = self.gate.enter().map_err(|problem| problem.detail().to_owned())?;
        let geoparser = self.geoparser.clone();
        let answer = self.gate.run(move || work(&geoparser)).await.map_err(|problem| problem.detail().to_owned())?;
        answer.map(Json)
    }

    async fn look<T: Send + 'static>(
        &self,
        find: impl FnOnce(&Gazetteer) -> Result<T, String> + Send + 'static,
    ) -> Answer<T> {
        self.run(move |geoparser| find(geoparser.resources().gazetteer())).await
    }

    #[tool(
        description = "Find the places that a text mentions, and decide which place each one is. Answers with each place \
                       once, with its coordinates, its mentions (offsets in code points), how probable the choice is, and \
                       the next best places; with relative places such as '20 km north of Aleppo'; and with the names that \
                       have no place.",
        annotations(
            title = "Places in a text",
            read_only_hint = true,
            idempotent_hint = true,
            open_world_hint = false
        )
    )]
    async fn geoparse(&self, Parameters(asked): Parameters<Geoparse>) -> Result<Json<Geoparsed>, String> {
        self.run(move |geoparser| asked.answer(geoparser)).await
    }

    #[tool(
        description = "Find places by name, the likeliest first, also with a slip of the pen or another romanisation. \
                       'Paris, Texas' asks for the Paris in Texas.",
        annotations(title = "Places by name", read_only_hint = true, idempotent_hint = true, open_world_hint = false)
    )]
    async fn lookup(&self, Parameters(asked): Parameters<Lookup>) -> Result<Json<Places<NamedPlace>>, String> {
        self.look(move |gazetteer| asked.places(gazetteer)).await
    }

    #[tool(
        description = "Find the places near a point (lat and lon), the nearest first, or those in a box (bbox), the \
                       better known first.",
        annotations(
            title = "Places near a point",
            read_only_hint = true,
            idempotent_hint = true,
            open_world_hint = false
        )
    )]
    async fn near(&self, Parameters(asked): Parameters<Near>) -> Result<Json<Places<NearPlace>>, String> {
        self.look(move |gazetteer| asked.places(gazetteer)).await
    }

    #[tool(
        description = "Whether one place lies in another: in a country, a division, or a place that it is part of. \
                       `contains` is null where the gazetteer does not tell. The answer says which places the names were \
                       taken for.",
        annotations(title = "Is it in there?", read_only_hint = true, idempotent_hint = true, open_world_hint = false)
    )]
    async fn contains(&self, Parameters(asked): Parameters<Contains>) -> Result<Json<Contained>, String> {
        self.look(move |gazetteer| asked.answer(gazetteer)).await
    }

    #[tool(
        description = "The great-circle distance in kilometres between two places or points, and the direction from the \
                       first to the second. The answer says which places the names were taken for.",
        annotations(title = "How far?", read_only_hint = true, idempotent_hint = true, open_world_hint = false)
    )]
    async fn distance(&self, Parameters(asked): Parameters<Distance>) -> Result<Json<Measured>, String> {
        self.look(move |gazetteer| asked.answer(gazetteer)).await
    }
}

#[tool_handler(router = self.tool_router)]
impl ServerHandler for Server {
    fn get_info(&self) -> ServerConfig {
        let own = Implementation::new("toponym", env!("CARGO_PKG_VERSION")).with_title("toponym");
        ServerConfig::new(ServerCapabilities::builder().enable_tools().build())
            .with_server_info(own)
            .with_instructions(INSTRUCTIONS)
    }
}
