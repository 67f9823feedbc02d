//! One web page that works offline, from a double click: the articles beside a map, with links both ways.
//!
//! The page is `page.html` with `page.css` and the scripts inserted, the outlines of countries, and a block of JSON a
//! document; browsers run none of these blocks. Its content-security policy admits this style and this script alone, by
//! their hashes, and pictures from the tile server that a reader may turn on.

use super::features::{Feature, layers};
use super::schema::fields;
use super::{By, Exporter, Geometries, Piece, Renderer, Shape, Value};
use crate::annotations::Annotations;
use crate::document::{Document, Unit};
use crate::gazetteer::Attribution;
use crate::outline;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, json};
use sha2::{Digest, Sha256};
use std::io::{self, Write};

const PAGE: &str = include_str!("page.html");
const STYLE: &str = include_str!("page.css");
/// The scripts, in the order in which they run.
const SCRIPTS: [&str; 4] =
    [include_str!("outlines.js"), include_str!("map.js"), include_str!("article.js"), include_str!("page.js")];
/// The place of the documents in the page.
const DOCUMENTS: &str = "<!--documents-->";

/// Writes one web page. It holds the whole text of every document.
pub struct Html {
    geometry: Geometries,
    /// The attribution of the first document.
    attribution: Attribution,
    begun: bool,
}

impl Html {
    /// Draws relative places as `geometry` says. The attribution stands below the map.
    pub fn new(geometry: Geometries) -> Self {
        Html { geometry, attribution: Attribution::default(), begun: false }
    }

    /// The parts of the page before and after its documents.
    fn frame(&self) -> (String, String) {
        let script = SCRIPTS.concat();
        let (before, after) = PAGE.split_once(DOCUMENTS).unwrap_or((PAGE, ""));
        let credit = match self.attribution.is_empty() {
            true => String::new(),
            false => format!("Places: {}. ", escaped(&self.attribution.to_string())),
        };
        let fill = |part: &str| {
            part.replace("{style-sum}", &sum(STYLE))
                .replace("{script-sum}", &sum(&script))
                .replace("{credit}", &credit)
                .replace("{style}", STYLE)
                .replace("{script}", &script)
                .replace("{outlines}", outline::table())
        };
        (fill(before), fill(after))
    }

    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        if self.begun {
            return Ok(());
        }
        self.begun = true;
        out.write_all(self.frame().0.as_bytes())
    }
}

impl super::sealed::Sealed for Html {}

impl Exporter for Html {
    fn renderer(&self) -> Renderer {
        let geometry = self.geometry;
        Box::new(move |document, annotations| Piece::bytes(block(document, annotations, geometry).into(), annotations))
    }

    fn write(&mut self, piece: Piece, out: &mut dyn Write) -> io::Result<()> {
        if !self.begun {
            self.attribution = piece.attribution.clone();
        }
        self.begin(out)?;
        out.write_all(&piece.into_bytes())
    }

    fn finish(&mut self, out: &mut dyn Write) -> io::Result<()> {
        self.begin(out)?;
        out.write_all(self.frame().1.as_bytes())
    }

    fn appends(&self) -> bool {
        true
    }

    fn resume(&mut self) {
        self.begun = true;
    }
}

/// A document as a block of JSON: its fields and text, its places, and its mentions with the numbers of their places.
fn block(document: &Document, annotations: &Annotations, geometry: Geometries) -> String {
    // Scripts count in UTF-16.
    let shape = Shape { geometry, offsets: Unit::Utf16, ..Shape::default() };
    let layers = layers(document, annotations, shape);
    let mut block = object(&layers.document, By::Document);
    block.insert("head".into(), json!(document.title_before().unwrap_or("")));
    block.insert("body".into(), json!(document.text_proper()));
    let places = layers.places.iter().map(|place| object(place, By::Place));
    block.insert("places_found".into(), places.map(serde_json::Value::Object).collect());
    let mentions = layers.mentions.iter().map(|(mention, place)| {
        let told = ["part", "start", "end", "kind", "metonymic", "modified", "confidence", "reason"];
        let mut mention = object(mention, By::Mention);
        mention.retain(|name, value| told.contains(&name.as_str()) && !value.is_null());
        mention.insert("place".into(), json!(place));
        serde_json::Value::Object(mention)
    });
    block.insert("mentions_found".into(), mentions.collect());
    let text = serde_json::Value::Object(block).to_string();
    format!("<script type=\"application/json\" class=\"document\">{}</script>\n", safe(&text))
}

/// The fields of a feature that are not null, its point and its area.
fn object(feature: &Feature, layer: By) -> Map<String, serde_json::Value> {
    let known = fields(layer).zip(&feature.values).filter(|(_, value)| **value != Value::Null);
    let mut object: Map<_, _> = known.map(|(field, value)| (field.name.to_owned(), json!(value))).collect();
    if let Some(point) = feature.point {
        object.insert("lat".into(), json!(point.y()));
        object.insert("lon".into(), json!(point.x()));
    }
    if let Some(area) = &feature.area {
        object.insert("area".into(), json!(geojson::GeometryValue::from(area)));
    }
    object
}

/// JSON escaped so that it cannot end its block, nor a line if it were read as a script.
fn safe(json: &str) -> String {
    json.replace('<', "\\u003c").replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029")
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// The hash of a text, as a content-security policy writes it.
fn sum(text: &str) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(text)))
}

#[cfg(test)]
mod tests {
    use super::{Html, SCRIPTS, STYLE, safe, sum};
    use crate::export::Geometries;
    use crate::gazetteer::Credit;

    #[test]
    fn no_text_ends_its_block() {
        let text = serde_json::to_string("</script><!--<script>\u{2028}😀").expect("JSON");
        assert!(!safe(&text).contains(['<', '\u{2028}']));
        assert_eq!(serde_json::from_str::<String>(&safe(&text)).expect("JSON"), "</script><!--<script>\u{2028}😀");
    }

    #[test]
    fn the_policy_admits_the_style_and_the_script_of_the_page_alone() {
        let credit = Credit { name: "<a> & b".to_owned(), licence: "CC0".to_owned() };
        let html = Html { attribution: [credit].into_iter().collect(), ..Html::new(Geometries::Point) };
        let (before, after) = html.frame();
        let page = before + &after;
        for (element, text) in [("style", STYLE.to_owned()), ("script", SCRIPTS.concat())] {
            assert!(page.contains(&format!("<{element}>{text}</{element}>")), "{element}");
            assert!(page.contains(&format!("{element}-src '{}'", sum(&text))), "{element}");
            assert!(!text.contains("</") || element == "style", "{element} must not look like an end");
        }
        assert!(page.contains("&lt;a&gt; &amp; b"));
        assert!(!page.contains("{credit}") && !page.contains("{outlines}"));
    }
}
