//! A place as a small page, which OpenRefine shows in a frame when the mouse rests on a candidate.

use super::describe;
use super::types::types_of;
use serde::Deserialize;
use std::fmt::Write;
use toponym::{Gazetteer, Place};

/// Which place is to be shown.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct View {
    id: String,
}

const STYLE: &str = "body{font:14px/1.45 system-ui,sans-serif;margin:12px;color:#1d2430;background:#fff}\
    h1{font-size:1.1rem;margin:0}p{margin:.2em 0;color:#4a5564}\
    @media(prefers-color-scheme:dark){body{background:#14181e;color:#e4e8ee}p{color:#b6c0cd}a{color:#9fcdf3}}";

/// The page of a place; `None` if there is no such place.
pub fn page(view: &View, gazetteer: &Gazetteer) -> Option<String> {
    let place = gazetteer.by_id(&view.id)?;
    let mut page = format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" \
         content=\"width=device-width\"><title>{name}</title><style>{STYLE}</style><h1>{name}</h1>",
        name = escaped(place.name())
    );
    let kind = types_of(&place).first().map_or("", |kind| kind.name);
    let lines = [kind.to_owned(), describe(&place), format!("{:.4}, {:.4}", place.lat(), place.lon())];
    for line in lines.iter().filter(|line| !line.is_empty()) {
        let _ = write!(page, "<p>{}</p>", escaped(line));
    }
    let _ = write!(page, "<p>{}</p></html>", link(&place));
    Some(page)
}

/// The id, with a link to the page of its source where there is one.
fn link(place: &Place) -> String {
    let id = place.id();
    let shown = escaped(&id);
    match id.strip_prefix("geonames:").filter(|number| number.bytes().all(|byte| byte.is_ascii_digit())) {
        Some(number) => format!("<a href=\"https://www.geonames.org/{number}\" rel=\"noreferrer\">{shown}</a>"),
        None => shown,
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
