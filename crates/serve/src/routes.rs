//! The routes, and what holds for all of them: the token, the headers, the counters.

use crate::gate::Gate;
use crate::metrics::Metrics;
use crate::parse::{Bounds, Options};
use crate::places::{Lookup, Near};
use crate::problem::Problem;
use crate::{OPENAPI, Settings};
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::rejection::QueryRejection;
use axum::extract::{MatchedPath, Query, Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::Instant;
use subtle::ConstantTimeEq;
use toponym::export::Format;
use toponym::{Geoparser, document};

/// What the routes share.
pub struct Service {
    geoparser: Geoparser,
    settings: Settings,
    gate: Gate,
    metrics: Metrics,
}

type Shared = State<Arc<Service>>;
type Asked<T> = Result<Query<T>, QueryRejection>;

/// The routes of the service.
pub fn routes(geoparser: Geoparser, settings: Settings) -> Router {
    let gate = Gate::new(settings.jobs, settings.queue, settings.timeout);
    let service = Arc::new(Service { geoparser, settings, gate, metrics: Metrics::default() });
    let router = Router::new()
        .route("/v1/parse", post(parse))
        .route("/v1/resolve", post(resolve))
        .route("/v1/lookup", get(lookup))
        .route("/v1/near", get(near))
        .route("/v1/health", get(health))
        .route("/v1/metrics", get(metrics))
        .route("/v1/openapi.yaml", get(openapi))
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
        () if route != "/v1/health" && !service.is_known(request.headers()) => {
            Problem::new(StatusCode::UNAUTHORIZED, "send the header `Authorization: Bearer TOKEN`").into_response()
        }
        () => next.run(request).await,
    };
    let headers = response.headers_mut();
    for (name, value) in [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'; sandbox"),
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
        let packed = request.headers().get(header::CONTENT_ENCODING).map(HeaderValue::as_bytes);
        if !matches!(packed, None | Some(b"identity" | b"gzip" | b"x-gzip" | b"zstd")) {
            let detail = "send the body as it is, or packed with gzip or zstd";
            return Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, detail));
        }
        let json = options.input.is_none() && media_type.as_deref() == Some("application/json");
        if options.input.is_none() {
            options.input = input_format(media_type.as_deref())?;
        }
        let format = match options.format {
            Some(format) => format,
            None => accepted(request.headers())?,
        };
        let checked = options.check(&self.geoparser, format, json, self.bounds())?;
        let _place = self.gate.enter()?;
        let body = self.body(request.into_body()).await?;
        let media_type = checked.media_type();
        let service = self.clone();
        let answer = self.gate.run(move || checked.answer(body.into(), &service.metrics)).await??;
        Ok(([(header::CONTENT_TYPE, media_type)], answer).into_response())
    }

    fn bounds(&self) -> Bounds {
        Bounds { body: self.settings.max_body, document: self.settings.max_document }
    }

    /// The whole body, within the bounds of size and time.
    async fn body(&self, body: Body) -> Result<Bytes, Problem> {
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

/// The media type of a header, without parameters, in small letters.
fn media_type(headers: &HeaderMap, name: header::HeaderName) -> Option<String> {
    let value = headers.get(name)?.to_str().ok()?;
    Some(value.split(';').next()?.trim().to_ascii_lowercase()).filter(|value| !value.is_empty())
}

/// The input format of a media type; `None` for one that says nothing, so that the body's beginning decides.
fn input_format(media_type: Option<&str>) -> Result<Option<document::Format>, Problem> {
    use document::Format;
    Ok(Some(match media_type {
        None | Some("application/octet-stream" | "application/x-www-form-urlencoded" | "application/gzip") => {
            return Ok(None);
        }
        Some("text/plain") => Format::Text,
        Some("text/html" | "application/xhtml+xml") => Format::Html,
        Some("text/markdown") => Format::Markdown,
        Some("application/json" | "application/x-ndjson" | "application/ndjson" | "application/jsonl") => Format::Jsonl,
        Some("text/csv") => Format::Csv,
        Some("text/tab-separated-values") => Format::Tsv,
        Some("application/rss+xml" | "application/atom+xml" | "application/xml" | "text/xml") => Format::Feed,
        Some("message/rfc822") => Format::Eml,
        Some("application/warc") => Format::Warc,
        Some("application/vnd.openxmlformats-officedocument.wordprocessingml.document") => Format::Docx,
        Some(_) => {
            let detail = "no such Content-Type is read; send text/plain, text/html, application/json, \
                          application/x-ndjson, message/rfc822, text/csv, or leave it out";
            return Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, detail));
        }
    }))
}

/// The output format that a request accepts most; GeoJSON if it accepts anything.
fn accepted(headers: &HeaderMap) -> Result<Format, Problem> {
    let listed: Vec<&str> = headers.get_all(header::ACCEPT).iter().filter_map(|value| value.to_str().ok()).collect();
    let listed = listed.join(",").to_ascii_lowercase();
    if listed.trim().is_empty() {
        return Ok(Format::default());
    }
    let mut best: Option<(f32, Format)> = None;
    for part in listed.split(',') {
        let mut fields = part.split(';').map(str::trim);
        let name = fields.next().unwrap_or_default();
        let quality = fields.find_map(|field| field.strip_prefix("q=")?.parse().ok()).unwrap_or(1.0);
        let format = match name {
            "*/*" | "application/*" => Some(Format::default()),
            "text/*" => Some(Format::Csv),
            name => Format::from_media_type(name),
        };
        if let Some(format) = format.filter(|_| quality > best.map_or(0.0, |(quality, _)| quality)) {
            best = Some((quality, format));
        }
    }
    best.map(|(_, format)| format).ok_or_else(|| {
        let known: Vec<_> = Format::media_types().collect();
        Problem::new(StatusCode::NOT_ACCEPTABLE, format!("accept one of {}", known.join(", ")))
    })
}

fn asked<T>(query: Asked<T>) -> Result<T, Problem> {
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

async fn lookup(State(service): Shared, query: Asked<Lookup>) -> Result<Response, Problem> {
    let asked = asked(query)?;
    service.look(move |service| asked.places(service.geoparser.resources().gazetteer())).await
}

async fn near(State(service): Shared, query: Asked<Near>) -> Result<Response, Problem> {
    let asked = asked(query)?;
    service.look(move |service| asked.places(service.geoparser.resources().gazetteer())).await
}

impl Service {
    /// Answers a look-up on a thread of its own.
    async fn look(
        self: Arc<Self>,
        find: impl FnOnce(&Service) -> Result<Value, String> + Send + 'static,
    ) -> Result<Response, Problem> {
        let _place = self.gate.enter()?;
        let service = self.clone();
        let found = self.gate.run(move || find(&service)).await?.map_err(Problem::bad_request)?;
        Ok(json_response(&found))
    }
}

fn json_response(value: &Value) -> Response {
    ([(header::CONTENT_TYPE, "application/json")], value.to_string()).into_response()
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
