//! Media types of bodies and answers.

use crate::problem::Problem;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use toponym::document;
use toponym::export::Format;

/// The media type of a header, without parameters, in small letters.
pub fn media_type(headers: &HeaderMap, name: header::HeaderName) -> Option<String> {
    let value = headers.get(name)?.to_str().ok()?;
    Some(value.split(';').next()?.trim().to_ascii_lowercase()).filter(|value| !value.is_empty())
}

/// Whether a body is packed.
///
/// # Errors
/// When it is packed in a way that is not read.
pub fn is_packed(headers: &HeaderMap) -> Result<bool, Problem> {
    match headers.get(header::CONTENT_ENCODING).map(HeaderValue::as_bytes) {
        None | Some(b"identity") => Ok(false),
        Some(b"gzip" | b"x-gzip" | b"zstd") => Ok(true),
        Some(_) => {
            let detail = "send the body as it is, or packed with gzip or zstd";
            Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, detail))
        }
    }
}

/// The input format of a media type; `None` for one that says nothing, so that the body's beginning decides.
///
/// # Errors
/// When there is no such format.
pub fn input_format(media_type: Option<&str>) -> Result<Option<document::Format>, Problem> {
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
///
/// # Errors
/// When it accepts no format that there is.
pub fn accepted(headers: &HeaderMap) -> Result<Format, Problem> {
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
