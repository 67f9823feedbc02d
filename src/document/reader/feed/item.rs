//! An item of a feed, gathered from its markup.

use super::super::html;
use super::super::markup::{Token, attribute};
use crate::document::{Document, DocumentError, Meta};
use serde_json::{Map, Value};
use std::collections::HashMap;

/// What an item says.
#[derive(Default)]
pub struct Item {
    /// By the names of its elements, the first of each.
    fields: HashMap<String, Field>,
    /// The elements open round the text, from the item's children on.
    path: Vec<String>,
    /// What is gathered for the child of the item that is open.
    gathered: Field,
    /// What is amiss in it.
    flaws: Vec<String>,
}

/// The content of an element.
#[derive(Default)]
struct Field {
    /// The markup as it is written.
    raw: String,
    /// The same, its references of XML resolved, as for text that holds markup.
    resolved: String,
    /// Whether there are elements in it.
    has_elements: bool,
    /// Whether there is a CDATA section in it.
    has_cdata: bool,
}

impl Field {
    /// What it says, as a fragment of HTML: elements as they are, or the markup that is written as text.
    fn html(&self) -> &str {
        if self.has_elements && !self.has_cdata { &self.raw } else { &self.resolved }
    }
}

/// Elements with the text, the fullest first.
const TEXT: [&str; 4] = ["content:encoded", "content", "description", "summary"];

/// Elements of HTML without content, which people write into feeds as they do into pages.
const VOID: [&str; 6] = ["br", "hr", "img", "wbr", "input", "embed"];

impl Item {
    /// Takes the next piece of markup; `true` if it ends the item.
    pub fn take(&mut self, token: Token) -> bool {
        match token {
            Token::Text(text) => self.text(&text),
            Token::CData(text) => {
                self.gathered.has_cdata = true;
                self.gathered.raw.push_str(&text);
                self.gathered.resolved.push_str(&text);
            }
            Token::Start { name, raw, empty } => {
                if name == "link" {
                    self.link(&raw);
                }
                let is_author = matches!(&self.path[..], [author] if author == "author") && name == "name";
                if self.path.is_empty() || is_author {
                    self.gathered = Field::default();
                } else {
                    self.gathered.has_elements = true;
                    self.gathered.raw.push_str(&raw);
                    self.gathered.resolved.push_str(&raw);
                    if VOID.contains(&name.as_str()) {
                        if !empty {
                            self.flaw(&format!("<{name}> is not closed"));
                        }
                        return false;
                    }
                }
                if !empty {
                    self.path.push(name);
                }
            }
            Token::End { name, raw } => return self.end(&name, &raw),
        }
        false
    }

    fn text(&mut self, text: &str) {
        self.gathered.raw.push_str(text);
        let mut flaws = Vec::new();
        self.gathered.resolved.push_str(&resolved(text, |flaw| flaws.push(flaw)));
        flaws.iter().for_each(|flaw| self.flaw(flaw));
    }

    fn end(&mut self, name: &str, raw: &str) -> bool {
        let Some(depth) = self.path.iter().rposition(|open| open == name) else {
            let ends = is_item(name);
            if ends {
                self.close(0);
            } else if VOID.contains(&name) && !self.path.is_empty() {
                self.gathered.raw.push_str(raw);
            } else {
                self.flaw(&format!("</{name}> closes nothing"));
            }
            return ends;
        };
        self.close(depth + 1);
        if depth > 0 {
            self.gathered.raw.push_str(raw);
            self.gathered.resolved.push_str(raw);
        }
        // An Atom author is an element with a name.
        let is_name = depth == 1 && name == "name" && self.path[0] == "author";
        if depth == 0 {
            self.keep(name.to_owned());
        } else if is_name {
            self.keep("author".to_owned());
        }
        self.path.truncate(depth);
        false
    }

    /// Names the elements that are open from `depth` on, and closes them.
    fn close(&mut self, depth: usize) {
        for open in self.path.get(depth..).unwrap_or_default().to_vec() {
            self.flaw(&format!("<{open}> is not closed"));
        }
        if depth == 0
            && let Some(field) = self.path.first().cloned()
        {
            self.keep(field);
        }
        self.path.truncate(depth);
    }

    /// Keeps what was gathered as a field, unless there is one of the name.
    fn keep(&mut self, key: String) {
        let field = std::mem::take(&mut self.gathered);
        if field.raw.trim().is_empty() {
            return;
        }
        match self.fields.get_mut(&key) {
            Some(categories) if key == "category" => {
                categories.resolved.push_str("; ");
                categories.resolved.push_str(field.html().trim());
            }
            Some(_) => {}
            None => drop(self.fields.insert(key, field)),
        }
    }

    fn flaw(&mut self, flaw: &str) {
        if !self.flaws.iter().any(|known| known == flaw) && self.flaws.len() < FLAWS {
            self.flaws.push(flaw.to_owned());
        }
    }

    /// Closes an item that ends with the feed, or where the next one begins.
    pub fn cut_off(&mut self, how: &str) {
        self.flaw(how);
        self.close(0);
    }

    /// Atom's links are attributes; the one to the article itself is `alternate` or says nothing.
    fn link(&mut self, tag: &str) {
        if attribute(tag, "rel").is_none_or(|rel| rel == "alternate")
            && let Some(address) = attribute(tag, "href")
        {
            let address = Field { resolved: resolved(address, |_| ()), ..Field::default() };
            self.fields.entry("link".to_owned()).or_insert(address);
        }
    }

    /// The approximate size of the item, in bytes.
    pub fn bytes(&self) -> u64 {
        self.fields.values().map(|field| field.resolved.len()).sum::<usize>() as u64
    }

    /// The document that the item is, the `number`th of the feed of a site.
    ///
    /// # Errors
    /// When its markup is too deep.
    pub fn document(mut self, site: Option<String>, name: &str, number: usize) -> Result<Document, DocumentError> {
        let damaged = |reason| DocumentError::Row { path: name.to_owned(), line: number, reason };
        let as_written = |field: Field| Some(field.resolved.trim().to_owned()).filter(|written| !written.is_empty());
        // An address is no HTML, in which `&copy=1` is a sign.
        let link = self.fields.remove("link").and_then(as_written);
        let guid = self.fields.remove("guid").and_then(as_written);
        let id = self.fields.remove("id").and_then(as_written);
        let mut read = |key: &str| {
            let read = self.fields.remove(key).map(|field| html::text_of(field.html())).transpose();
            read.map(|text| text.filter(|text| !text.is_empty())).map_err(damaged)
        };
        let mut text = String::new();
        for key in TEXT {
            let other = read(key)?.unwrap_or_default();
            text = if other.len() > text.len() { other } else { text };
        }
        let mut members = Map::new();
        for (member, keys) in [
            ("title", &["title"][..]),
            ("date", &["pubdate", "published", "dc:date", "updated"]),
            ("author", &["dc:creator", "author"]),
            ("category", &["category"]),
        ] {
            for key in keys {
                let value = read(key)?;
                members.extend(
                    value.filter(|_| !members.contains_key(member)).map(|value| (member.to_owned(), value.into())),
                );
            }
        }
        members.extend(link.clone().map(|link| ("url".to_owned(), Value::String(link))));
        members.extend(site.map(|site| ("site".to_owned(), Value::String(site))));
        let id = guid.or(id).or(link).unwrap_or_else(|| format!("{name}:{number}"));
        let document = Document::titled(id, text, Meta::from(members));
        Ok(Document { flaws: self.flaws, ..document })
    }
}

/// The most flaws that are named of an item.
const FLAWS: usize = 5;

/// Whether elements of this name are items.
pub fn is_item(name: &str) -> bool {
    matches!(name, "item" | "entry")
}

/// A text with its references of XML resolved. References that XML does not know stay as they are written, for a reader of HTML.
pub fn resolved(text: &str, mut flaw: impl FnMut(String)) -> String {
    let (mut out, mut rest) = (String::with_capacity(text.len()), text);
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.bytes().take(40).position(|byte| byte == b';').filter(|&end| is_reference(&rest[1..end]));
        match end.map(|end| (end, reference(&rest[1..end]))) {
            Some((end, Some(character))) => {
                out.push(character);
                rest = &rest[end + 1..];
                continue;
            }
            Some((end, None)) => flaw(format!("{} is no entity of XML", &rest[..=end])),
            None => flaw("a bare & should be &amp;".to_owned()),
        }
        out.push('&');
        rest = &rest[1..];
    }
    out.push_str(rest);
    if text.contains('<') {
        flaw("a bare < should be &lt;".to_owned());
    }
    out
}

/// Whether this may stand between `&` and `;`.
fn is_reference(name: &str) -> bool {
    let name = name.strip_prefix('#').unwrap_or(name);
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// The character that `amp`, `#233` and their like stand for; `None` for entities that XML does not know.
fn reference(name: &str) -> Option<char> {
    match name.strip_prefix('#') {
        Some(number) => {
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code).filter(|&c| c != '\0')
        }
        None => quick_xml::escape::resolve_predefined_entity(name)?.chars().next(),
    }
}
