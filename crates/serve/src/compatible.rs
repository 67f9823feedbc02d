//! Routes that answer as other services do, for their clients: CLIFF-CLAVIN, and the Reconciliation Service API.

use crate::cliff;
use crate::problem::Problem;
use crate::reconcile::{self, Prefix, Queries, View};
use crate::routes::{Asked, Service, Shared, asked, json_response};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::sync::Arc;

/// `GET /parse/text?q=`, as CLIFF answers it.
pub async fn cliff(State(service): Shared, query: Asked<cliff::Asked>) -> Result<Response, Problem> {
    answer_cliff(service, asked(query)?).await
}

/// `POST /parse/text` with the same parameters in a form, as CLIFF's own client sends them.
pub async fn cliff_form(State(service): Shared, request: Request) -> Result<Response, Problem> {
    let asked = form(&service, request).await?;
    answer_cliff(service, asked).await
}

async fn answer_cliff(service: Arc<Service>, mut asked: cliff::Asked) -> Result<Response, Problem> {
    let text = asked.q.take().ok_or_else(|| Problem::bad_request("q: give the text"))?;
    let answer = service.run(move |service| asked.answer(text, &service.geoparser, service.divisions())).await?;
    Ok(json_response(&answer))
}

/// The queries of a reconciliation request, as JSON; without them the manifest is asked for.
#[derive(Deserialize)]
pub struct Batch {
    queries: Option<String>,
}

/// `GET /reconcile`: the manifest, or the answers to `queries`.
pub async fn reconcile(State(service): Shared, headers: HeaderMap, query: Asked<Batch>) -> Result<Response, Problem> {
    answer_batch(service, &headers, asked(query)?).await
}

/// `POST /reconcile` with the queries in a form.
pub async fn reconcile_form(State(service): Shared, request: Request) -> Result<Response, Problem> {
    let headers = request.headers().clone();
    let batch = form(&service, request).await?;
    answer_batch(service, &headers, batch).await
}

async fn answer_batch(service: Arc<Service>, headers: &HeaderMap, batch: Batch) -> Result<Response, Problem> {
    let Some(queries) = batch.queries else {
        return Ok(json_response(&reconcile::manifest(&base(headers, &service))));
    };
    let form = "give an object of queries such as {\"q0\": {\"query\": \"Aleppo\"}}";
    let queries = serde_json::from_str::<Queries>(&queries)
        .map_err(|error| Problem::bad_request(format!("queries: {error}; {form}")))?;
    service.look(move |service| reconcile::reconcile(&queries, service.geoparser.resources().gazetteer())).await
}

/// `GET /reconcile/suggest/entity?prefix=`.
pub async fn suggest_entities(State(service): Shared, query: Asked<Prefix>) -> Result<Response, Problem> {
    let asked = asked(query)?;
    service.look(move |service| reconcile::suggest_entities(&asked, service.geoparser.resources().gazetteer())).await
}

/// `GET /reconcile/suggest/property?prefix=`.
pub async fn suggest_properties(query: Asked<Prefix>) -> Result<Response, Problem> {
    Ok(json_response(&reconcile::suggest_properties(&asked(query)?)))
}

/// `GET /reconcile/suggest/type?prefix=`.
pub async fn suggest_types(query: Asked<Prefix>) -> Result<Response, Problem> {
    Ok(json_response(&reconcile::suggest_types(&asked(query)?)))
}

/// `GET /reconcile/preview?id=`: a small page, which the pages of allowed origins may show in a frame.
pub async fn preview(State(service): Shared, query: Asked<View>) -> Result<Response, Problem> {
    let view = asked(query)?;
    let origins = service.settings.origins.join(" ");
    let page = service.run(move |service| reconcile::page(&view, service.geoparser.resources().gazetteer())).await?;
    let page = page.ok_or_else(|| Problem::new(StatusCode::NOT_FOUND, "no place has this id; /v1/lookup finds ids"))?;
    let frames = if origins.is_empty() { "'none'" } else { &origins };
    let policy = format!(
        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors {frames}; sandbox allow-popups \
         allow-popups-to-escape-sandbox"
    );
    let policy = HeaderValue::from_str(&policy).unwrap_or(HeaderValue::from_static("default-src 'none'; sandbox"));
    let html = HeaderValue::from_static("text/html; charset=utf-8");
    Ok(([(header::CONTENT_TYPE, html), (header::CONTENT_SECURITY_POLICY, policy)], page).into_response())
}

/// The fields of a form in the body.
async fn form<T: DeserializeOwned>(service: &Service, request: Request) -> Result<T, Problem> {
    // A body in memory has a place, so that their number is bounded.
    let _place = service.enter()?;
    let body = service.body(request.into_body()).await?;
    serde_urlencoded::from_bytes(&body)
        .map_err(|error| Problem::bad_request(format!("the form: {error}; send application/x-www-form-urlencoded")))
}

/// The address of the service as the client wrote it.
fn base(headers: &HeaderMap, service: &Service) -> String {
    let text = |name| headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok());
    let is_host = |host: &&str| {
        !host.is_empty() && host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-:[]_".contains(&byte))
    };
    let scheme = if text("x-forwarded-proto") == Some("https") { "https" } else { "http" };
    match text("host").filter(is_host) {
        Some(host) => format!("{scheme}://{host}"),
        None => format!("{scheme}://{}", service.settings.address),
    }
}
