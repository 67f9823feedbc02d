//! TEI P5: a corpus of texts with their places marked and listed.

use super::features::round6;
use super::iri;
use super::xml::escaped;
use super::{Exporter, Piece, Renderer};
use crate::annotations::{Annotations, Mention};
use crate::document::{Document, Meta};
use crate::gazetteer::{Attribution, Place};
use crate::mention::Kind;
use std::fmt::Write as _;
use std::io::{self, Read, Write};

/// From this confidence on a place is `high` in TEI's words, and from the second on `medium`.
const CERTAIN: [(f64, &str); 2] = [(0.9, "high"), (0.6, "medium")];

/// Writes a `teiCorpus` with a `TEI` a document: its text in paragraphs, each mention a `placeName` or `rs`, and the places with their
/// points in the header.
#[derive(Default)]
pub struct Tei {
    /// The attribution of the first document.
    attribution: Attribution,
    begun: bool,
}

impl Tei {
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        if self.begun {
            return Ok(());
        }
        self.begun = true;
        let attribution = Some(self.attribution.to_string()).filter(|text| !text.is_empty());
        let licence = attribution.map_or(String::new(), |text| format!("<p>Places: {}</p>", escaped(&text)));
        writeln!(
            out,
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<teiCorpus xmlns=\"http://www.tei-c.org/ns/1.0\">\n<teiHeader><fileDesc>\
             <titleStmt><title>Documents and their places</title></titleStmt><publicationStmt><p>Not published.</p>\
             </publicationStmt><sourceDesc><p>Each document names its own.</p>{licence}</sourceDesc></fileDesc></teiHeader>"
        )
    }
}

impl super::sealed::Sealed for Tei {}

impl Exporter for Tei {
    fn renderer(&self) -> Renderer {
        Box::new(|document, annotations| {
            Piece::bytes(text_of(document, annotations).into_bytes(), &annotations.attribution)
        })
    }

    fn write(&mut self, piece: Piece, out: &mut dyn Write) -> io::Result<()> {
        if !self.begun {
            self.attribution = piece.attribution.clone();
        }
        self.begin(out)?;
        out.write_all(&piece.into_bytes())
    }

    fn finish(&mut self, out: &mut dyn Write) -> io::Result<()> {
        let is_empty = !self.begun;
        self.begin(out)?;
        if is_empty {
            // A corpus has at least one text.
            out.write_all(text_of(&Document::new("", ""), &Annotations::default()).as_bytes())?;
        }
        out.write_all(b"</teiCorpus>\n")
    }

    fn appends(&self) -> bool {
        true
    }

    fn resume(&mut self, _written: &mut dyn Read) -> io::Result<()> {
        self.begun = true;
        Ok(())
    }
}

/// The `TEI` of a document.
fn text_of(document: &Document, annotations: &Annotations) -> String {
    let mut out = String::from("<TEI>");
    // Writing to a string does not fail.
    let _ = header(&mut out, document, annotations);
    let language =
        annotations.language.as_deref().map_or(String::new(), |tag| format!(" xml:lang=\"{}\"", escaped(tag)));
    let _ = write!(out, "<text{language}><body>");
    let marks = marks(annotations);
    if let Some(title) = document.title_before() {
        let _ = write!(out, "<head>{}</head>", marked(document, 0, title.len(), &marks));
    }
    let mut any = false;
    for (start, end) in paragraphs(document) {
        any = true;
        let _ = write!(out, "<p>{}</p>", marked(document, start, end, &marks));
    }
    out.push_str(if any { "</body></text></TEI>\n" } else { "<p/></body></text></TEI>\n" });
    out
}

fn header(out: &mut String, document: &Document, annotations: &Annotations) -> std::fmt::Result {
    let Meta { title, date, url, author, site, .. } = &document.meta;
    let element = |name: &str, text: &Option<String>| {
        text.as_ref().map_or(String::new(), |text| format!("<{name}>{}</{name}>", escaped(text)))
    };
    let title = escaped(title.as_deref().unwrap_or(&document.id));
    write!(out, "<teiHeader><fileDesc><titleStmt><title>{title}</title>{}</titleStmt>", element("author", author))?;
    write!(out, "<publicationStmt><p>Not published.</p></publicationStmt><sourceDesc><bibl><title>{title}</title>")?;
    write!(out, "{}{}", element("author", author), element("publisher", site))?;
    if let Some(date) = date {
        // A time without seconds, as ISO 8601 has it, is none in TEI.
        let day = date.get(..10).unwrap_or(date);
        write!(out, "<date when=\"{}\">{}</date>", escaped(day), escaped(date))?;
    }
    if let Some(url) = url {
        write!(out, "<ref target=\"{}\">{}</ref>", escaped(&iri::of_document(document)), escaped(url))?;
    }
    write!(out, "<idno>{}</idno></bibl></sourceDesc></fileDesc>", escaped(&document.id))?;
    let places = places(annotations);
    if !places.is_empty() {
        write!(out, "<profileDesc><settingDesc><listPlace>{places}</listPlace></settingDesc></profileDesc>")?;
    }
    write!(out, "</teiHeader>")
}

/// The different places of a document, each with its names, its country and its point: latitude, a space, longitude.
fn places(annotations: &Annotations) -> String {
    let (mut out, mut seen) = (String::new(), Vec::new());
    for mention in &annotations.mentions {
        let Some(reference) = reference(mention).filter(|reference| !seen.contains(reference)) else { continue };
        let (name, lat, lon) = match (&mention.place, &mention.relative) {
            (Some(place), _) => (place.name(), place.lat(), place.lon()),
            (None, Some(relative)) => (relative.name.as_str(), round6(relative.lat), round6(relative.lon)),
            (None, None) => continue,
        };
        out += &format!("<place><placeName>{}</placeName>", escaped(name));
        if let Some(place) = &mention.place {
            if !place.country().is_empty() {
                out += &format!("<country key=\"{0}\">{0}</country>", escaped(place.country()));
            }
            if let Some(division) = place.division1_name() {
                out += &format!("<region>{}</region>", escaped(division));
            }
        }
        out += &format!(
            "<location><geo>{lat} {lon}</geo></location><idno type=\"URI\">{}</idno></place>",
            escaped(&reference)
        );
        seen.push(reference);
    }
    out
}

/// The IRI of what a mention means.
fn reference(mention: &Mention) -> Option<String> {
    let place = mention.place.as_ref().map(|place| iri::of_place(&Place::id(place)));
    let point =
        |relative: &crate::Relative| iri::of_point(round6(relative.lat), round6(relative.lon), relative.uncertainty_km);
    place.or_else(|| mention.relative.as_deref().map(point))
}

/// The mentions by their beginnings, the longer first, so that one lies in another or behind it. Of two that overlap otherwise, which
/// XML cannot nest, the first is kept.
fn marks(annotations: &Annotations) -> Vec<&Mention> {
    let mut mentions: Vec<&Mention> = annotations.mentions.iter().collect();
    mentions.retain(|mention| !mention.is_outside_text() && mention.span.start < mention.span.end);
    mentions.sort_by_key(|mention| (mention.span.start, std::cmp::Reverse(mention.span.end)));
    let mut open: Vec<usize> = Vec::new();
    mentions.retain(|mention| {
        open.retain(|&end| end > mention.span.start);
        let fits = open.last().is_none_or(|&end| mention.span.end <= end);
        if fits {
            open.push(mention.span.end);
        }
        fits
    });
    mentions
}

/// The paragraphs of the text proper in bytes: what stands between empty lines. One does not end within a mention.
fn paragraphs(document: &Document) -> Vec<(usize, usize)> {
    let mut paragraphs: Vec<(usize, usize)> = Vec::new();
    let mut at = document.body;
    let mut ends = true;
    for line in document.text_proper().split_inclusive('\n') {
        let end = at + line.trim_end().len();
        if line.trim().is_empty() {
            ends = true;
        } else if let Some(last) = paragraphs.last_mut().filter(|_| !ends) {
            last.1 = end;
        } else {
            paragraphs.push((at, end));
            ends = false;
        }
        at += line.len();
    }
    paragraphs
}

/// A stretch of the text with the mentions that lie in it.
fn marked(document: &Document, start: usize, end: usize, marks: &[&Mention]) -> String {
    let mut out = String::new();
    let (mut at, mut open): (usize, Vec<(usize, &str)>) = (start, Vec::new());
    let text = |from: usize, to: usize| escaped(document.text.get(from..to).unwrap_or_default());
    let close_to = |to: usize, at: &mut usize, open: &mut Vec<(usize, &str)>, out: &mut String| {
        while let Some((close, element)) = open.pop_if(|(close, _)| *close <= to) {
            *out += &format!("{}</{element}>", text(*at, close));
            *at = close;
        }
    };
    let first = marks.partition_point(|mention| mention.span.start < start);
    let inside = marks.iter().skip(first).take_while(|mention| mention.span.start < end);
    for mention in inside.filter(|mention| mention.span.end <= end) {
        close_to(mention.span.start, &mut at, &mut open, &mut out);
        out += &text(at, mention.span.start);
        at = mention.span.start;
        let element = if matches!(mention.kind, Kind::Relative | Kind::Coordinate) { "rs" } else { "placeName" };
        let reference = reference(mention).map_or(String::new(), |iri| format!(" ref=\"{}\"", escaped(&iri)));
        let sure = CERTAIN.iter().find(|(least, _)| mention.confidence >= *least).map_or("low", |(_, word)| word);
        out += &format!("<{element} type=\"{}\" cert=\"{sure}\"{reference}>", mention.kind);
        open.push((mention.span.end, element));
    }
    close_to(end, &mut at, &mut open, &mut out);
    out + &text(at, end)
}
