//! The routes, and what holds for all of them: the token, the headers, the counters.

use crate::divisions::Divisions;
use crate::gate::Gate;
use crate::media::{accepted, input_format, is_packed, media_type};
use crate::metrics::Metrics;
use crate::output::content_type;
use crate::parse::{Bounds, Options, json_lines};
use crate::places::{Lookup, Near};
use crate::problem::Problem;
use crate::stream::Stream;
use crate::{OPENAPI, Settings, compatible};
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::rejection::QueryRejection;
use axum::extract::{MatchedPath, Query, Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use serde::Serialize;
use serde_json::json;
use std::sync::{Arc, OnceLock};
use std::time::Instant;
use subtle::ConstantTimeEq;
use tokio::sync::OwnedSemaphorePermit;
use toponym::export::Format;
use toponym::{Geoparser, document};

/// What the routes share.
pub struct Service {
    pub geoparser: Geoparser,
    pub settings: Settings,
    gate: Arc<Gate>,
    metrics: Arc<Metrics>,
    divisions: OnceLock<Divisions>,
    /// The page and its policy.
    page: OnceLock<(Bytes, String)>,
}

pub type Shared = State<Arc<Service>>;
pub type Asked<T> = Result<Query<T>, QueryRejection>;

/// The routes of the service.
pub fn routes(geoparser: Geoparser, settings: Settings) -> Router {
    let gate = Gate::new(settings.jobs, settings.queue, settings.timeout).into();
    let service = Service {
        geoparser,
        settings,
        gate,
        metrics: Arc::default(),
        divisions: OnceLock::new(),
        page: OnceLock::new(),
    };
    let service = Arc::new(service);
    let router = Router::new()
        .route("/", get(page))
        .route("/v1/parse", post(parse))
        .route("/v1/resolve", post(resolve))
        .route("/v1/export", post(export))
        .route("/v1/lookup", get(lookup))
        .route("/v1/near", get(near))
        .route("/v1/health", get(health))
        .route("/v1/metrics", get(metrics))
        .route("/v1/openapi.yaml", get(openapi))
        .route("/parse/text", get(compatible::cliff).post(compatible::cliff_form))
        .route("/cliff-2.6.1/parse/text", get(compatible::cliff).post(compatible::cliff_form))
        .route("/reconcile", get(compatible::reconcile).post(compatible::reconcile_form))
        .route("/reconcile/suggest/entity", get(compatible::suggest_entities))
        .route("/reconcile/suggest/property", get(compatible::suggest_properties))
        .route("/reconcile/suggest/type", get(compatible::suggest_types))
        .route("/reconcile/preview", get(compatible::preview))
        .fallback(async || Problem::new(StatusCode::NOT_FOUND, "no such route; /v1/openapi.yaml lists them all"))
        .method_not_allowed_fallback(async || {
            Problem::new(StatusCode::METHOD_NOT_ALLOWED, "no such method here; /v1/openapi.yaml lists them all")
        });
    router.layer(from_fn_with_state(service.clone(), around)).with_state(service)
}

/// Checks the token, counts the request, and adds the headers.
async fn around(State(service): Shared, request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let route = request.extensions().get::<MatchedPath>().map_or("none", MatchedPath::as_str).to_owned();
    let origin = request.headers().get(header::ORIGIN).filter(|origin| service.allows(origin)).cloned();
    let asks_first = request.method() == Method::OPTIONS && origin.is_some();
    let mut response = match () {
        () if asks_first => StatusCode::NO_CONTENT.into_response(),
        () if !matches!(route.as_str(), "/" | "/v1/health") && !service.is_known(request.headers()) => {
            Problem::new(StatusCode::UNAUTHORIZED, "send the header `Authorization: Bearer TOKEN`").into_response()
        }
        () => next.run(request).await,
    };
    let headers = response.headers_mut();
    if !headers.contains_key(header::CONTENT_SECURITY_POLICY) {
        let nothing = HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'; sandbox");
        headers.insert(header::CONTENT_SECURITY_POLICY, nothing);
    }
    for (name, value) in [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::CACHE_CONTROL, "no-store"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if !service.settings.origins.is_empty() {
        headers.insert(header::VARY, HeaderValue::from_static("Origin"));
    }
    if let Some(origin) = origin {
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static("GET, POST"));
        headers.insert(
            header::ACCESS_CONTROL_ALLOW_HEADERS,
            HeaderValue::from_static("Authorization, Content-Type, Accept"),
        );
    }
    service.metrics.request(&route, response.status().as_u16(), begun.elapsed());
    response
}

impl Service {
    fn allows(&self, origin: &HeaderValue) -> bool {
        self.settings.origins.iter().any(|allowed| allowed.as_bytes() == origin.as_bytes())
    }

    /// Whether a request bears the token, compared in a time that does not depend on where they differ.
    fn is_known(&self, headers: &HeaderMap) -> bool {
        let Some(token) = &self.settings.token else { return true };
        let told = headers.get(header::AUTHORIZATION).map_or(&b""[..], HeaderValue::as_bytes);
        let told = told.strip_prefix(b"Bearer ").unwrap_or(b"");
        told.ct_eq(token.as_bytes()).into()
    }

    /// Answers the documents of a body.
    async fn answer(self: Arc<Self>, mut options: Options, request: Request) -> Result<Response, Problem> {
        let media_type = media_type(request.headers(), header::CONTENT_TYPE);
        let packed = is_packed(request.headers())?;
        let told = options.input;
        let json = told.is_none() && media_type.as_deref() == Some("application/json");
        if told.is_none() {
            options.input = input_format(media_type.as_deref())?;
        }
        let in_lines = options.input == Some(document::Format::Jsonl) && !json && !packed;
        let format = match options.format {
            Some(format) => format,
            None => accepted(request.headers())?,
        };
        let checked = options.check(&self.geoparser, format, json, self.bounds())?;
        let place = self.enter()?;
        let media_type = checked.media_type();
        if in_lines && checked.answers_in_lines() {
            let stream = Stream {
                gate: self.gate.clone(),
                metrics: self.metrics.clone(),
                request: checked.into(),
                jobs: self.settings.jobs,
                most: self.settings.max_body,
                timeout: self.settings.timeout,
            };
            let answers = stream.answer(request.into_body(), place);
            return Ok(([(header::CONTENT_TYPE, media_type)], answers).into_response());
        }
        let body = self.body(request.into_body()).await?;
        let metrics = self.metrics.clone();
        let answer = self.gate.run(move || checked.answer(body.into(), &metrics)).await??;
        Ok(([(header::CONTENT_TYPE, media_type)], answer).into_response())
    }

    fn bounds(&self) -> Bounds {
        Bounds { body: self.settings.max_body, document: self.settings.max_document }
    }

    /// The whole body, within the bounds of size and time.
    pub async fn body(&self, body: Body) -> Result<Bytes, Problem> {
        let most = self.settings.max_body;
        let read = tokio::time::timeout(self.settings.timeout, Limited::new(body, most).collect()).await;
        match read {
            Ok(Ok(body)) => Ok(body.to_bytes()),
            Ok(Err(error)) if error.is::<LengthLimitError>() => {
                let detail = format!("the body is larger than {most} bytes; send it in parts");
                Err(Problem::new(StatusCode::PAYLOAD_TOO_LARGE, detail))
            }
            Ok(Err(_)) => Err(Problem::bad_request("the body ended early")),
            Err(_) => Err(Problem::new(StatusCode::REQUEST_TIMEOUT, "the body did not come in time; send it faster")),
        }
    }
}

/// The parameters of a request.
///
/// # Errors
/// When one is missing, unknown or unreadable.
pub fn asked<T>(query: Asked<T>) -> Result<T, Problem> {
    query.map(|Query(asked)| asked).map_err(|error| Problem::bad_request(error.body_text()))
}

async fn parse(State(service): Shared, query: Asked<Options>, request: Request) -> Result<Response, Problem> {
    service.answer(asked(query)?, request).await
}

async fn resolve(State(service): Shared, query: Asked<Options>, request: Request) -> Result<Response, Problem> {
    let mut options = asked(query)?.given();
    let accepts_any = matches!(media_type(request.headers(), header::ACCEPT).as_deref(), None | Some("*/*"));
    if options.format.is_none() && accepts_any {
        // Only JSON lines say why a mention has no place.
        options.format = Some(Format::Jsonl);
    }
    service.answer(options, request).await
}

/// The page to work on, which holds nothing that a token guards.
async fn page(State(service): Shared) -> Response {
    let (page, policy) = service.page.get_or_init(|| {
        let credit = service.geoparser.resources().gazetteer().attribution().to_string();
        let page = toponym_web::working_page(&credit, toponym_data::OUTLINES);
        let policy = format!("{}; frame-ancestors 'none'", page.policy);
        (Bytes::from(page.before + &page.after), policy)
    });
    let html = [(header::CONTENT_TYPE, "text/html; charset=utf-8"), (header::CONTENT_SECURITY_POLICY, policy.as_str())];
    (html, page.clone()).into_response()
}

async fn export(
    State(service): Shared,
    query: Asked<crate::export::Options>,
    request: Request,
) -> Result<Response, Problem> {
    let options = asked(query)?;
    if is_packed(request.headers())? {
        let detail = "send the lines as they are, not packed";
        return Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, detail));
    }
    let format = match options.format {
        Some(format) => format,
        None => accepted(request.headers())?,
    };
    let _place = service.enter()?;
    let json = media_type(request.headers(), header::CONTENT_TYPE).as_deref() == Some("application/json");
    let body = service.body(request.into_body()).await?;
    let (gate, service) = (service.gate.clone(), service.clone());
    let answer = gate.run(move || {
        let lines = if json { json_lines(&body)? } else { body.into() };
        options.answer(format, &lines, service.geoparser.resources().gazetteer())
    });
    Ok(([(header::CONTENT_TYPE, content_type(format))], answer.await??).into_response())
}

async fn lookup(State(service): Shared, query: Asked<Lookup>) -> Result<Response, Problem> {
    let asked = asked(query)?;
    service.look(move |service| asked.places(service.geoparser.resources().gazetteer())).await
}

async fn near(State(service): Shared, query: Asked<Near>) -> Result<Response, Problem> {
    let asked = asked(query)?;
    service.look(move |service| asked.places(service.geoparser.resources().gazetteer())).await
}

impl Service {
    /// A place in the queue.
    ///
    /// # Errors
    /// 429 when there is none.
    pub fn enter(&self) -> Result<OwnedSemaphorePermit, Problem> {
        self.gate.enter()
    }

    /// Runs `work` on a thread of its own, if there is a place in the queue.
    pub async fn run<T: Send + 'static>(
        self: Arc<Self>,
        work: impl FnOnce(&Service) -> T + Send + 'static,
    ) -> Result<T, Problem> {
        let _place = self.enter()?;
        let service = self.clone();
        self.gate.run(move || work(&service)).await
    }

    /// The countries and divisions of the gazetteer, gathered when they are first needed.
    pub fn divisions(&self) -> &Divisions {
        self.divisions.get_or_init(|| Divisions::new(self.geoparser.resources().gazetteer()))
    }

    /// Answers a look-up on a thread of its own.
    pub async fn look<T: Serialize + Send + 'static>(
        self: Arc<Self>,
        find: impl FnOnce(&Service) -> Result<T, String> + Send + 'static,
    ) -> Result<Response, Problem> {
        let found = self.run(find).await?.map_err(Problem::bad_request)?;
        Ok(json_response(&found))
    }
}

/// An answer as JSON.
pub fn json_response(value: &impl Serialize) -> Response {
    // What is written here has no keys but strings, so that it cannot fail.
    let json = serde_json::to_vec(value).unwrap_or_default();
    ([(header::CONTENT_TYPE, "application/json")], json).into_response()
}

async fn health() -> Response {
    json_response(&json!({"status": "ok", "version": env!("CARGO_PKG_VERSION")}))
}

async fn metrics(State(service): Shared) -> Response {
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], service.metrics.text()).into_response()
}

async fn openapi() -> Response {
    ([(header::CONTENT_TYPE, "application/yaml")], OPENAPI).into_response()
}
