//! RSS 0.9 to 2.0 and Atom: a document an item.

use super::{Pending, html};
use crate::document::stream::Stream;
use crate::document::{Document, DocumentError, Meta};
use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};
use serde_json::{Map, Value};
use std::collections::HashMap;
use std::io::BufReader;
use std::sync::Arc;

/// The items of a feed.
pub struct Items {
    reader: Reader<BufReader<Stream>>,
    name: Arc<str>,
    number: usize,
    /// The feed's own title.
    site: Option<String>,
    ended: bool,
}

/// What an item says, by the names of its elements, the first of each.
type Fields = HashMap<String, String>;

/// Elements with the text, the fullest first.
const TEXT: [&str; 4] = ["content:encoded", "content", "description", "summary"];

impl Items {
    pub fn new(stream: Stream, name: Arc<str>) -> Self {
        let mut reader = Reader::from_reader(BufReader::with_capacity(64 << 10, stream));
        // Feeds are written by hand more often than they are checked.
        reader.config_mut().check_end_names = false;
        Items { reader, name, number: 0, site: None, ended: false }
    }

    /// The next item; `None` at the end.
    fn item(&mut self) -> Result<Option<Fields>, quick_xml::Error> {
        let mut buffer = Vec::new();
        // Elements open round the text, from the item's children on; outside of items, from the feed's.
        let (mut path, mut item): (Vec<String>, Option<Fields>) = (Vec::new(), None);
        let mut text = String::new();
        loop {
            buffer.clear();
            match self.reader.read_event_into(&mut buffer)? {
                Event::Start(element) => {
                    let name = name_of(&element);
                    match &mut item {
                        None if matches!(name.as_str(), "item" | "entry") => item = Some(Fields::new()),
                        Some(fields) => {
                            link(&element, fields);
                            // Markup inside a field parts words.
                            if !path.is_empty() {
                                text.push(' ');
                            }
                            path.push(name);
                        }
                        None => text.clear(),
                    }
                }
                Event::Empty(element) => {
                    if let Some(fields) = &mut item {
                        link(&element, fields);
                    }
                }
                Event::Text(piece) => text.push_str(&piece),
                Event::CData(piece) => text.push_str(&piece),
                Event::GeneralRef(entity) => text.extend(reference(&entity)),
                Event::End(element) => {
                    let name = element.name().as_ref().to_lowercase();
                    let Some(fields) = &mut item else {
                        if name == "title" && self.site.is_none() {
                            self.site = Some(html::text_of(&text)).filter(|title| !title.is_empty());
                        }
                        text.clear();
                        continue;
                    };
                    if path.is_empty() {
                        return Ok(item);
                    }
                    let inner = path.pop().unwrap_or_default();
                    let key = match path.first() {
                        None => inner,
                        // An Atom author is an element with a name.
                        Some(outer) if outer == "author" && inner == "name" => "author".to_owned(),
                        Some(_) => continue,
                    };
                    let written = std::mem::take(&mut text).trim().to_owned();
                    match fields.get_mut(&key) {
                        Some(categories) if key == "category" => *categories = format!("{categories}; {written}"),
                        Some(_) => {}
                        None if !written.is_empty() => drop(fields.insert(key, written)),
                        None => {}
                    }
                }
                Event::Eof => return Ok(None),
                _ => {}
            }
        }
    }
}

impl Iterator for Items {
    type Item = Pending;

    fn next(&mut self) -> Option<Pending> {
        if self.ended {
            return None;
        }
        let name = self.name.clone();
        let damaged = |reason: String| DocumentError::Damaged {
            path: name.to_string(),
            what: "a feed",
            reason,
            way_out: "check that it is whole, and RSS or Atom; of what stands before the damage the items are read",
        };
        match self.item() {
            Ok(Some(fields)) => {
                self.number += 1;
                let (name, number, site) = (self.name.clone(), self.number, self.site.clone());
                let bytes = fields.values().map(String::len).sum::<usize>() as u64;
                Some(Pending::new(&self.name, Some(number), bytes, move || Ok(document(fields, site, &name, number))))
            }
            Ok(None) if self.number == 0 => {
                self.ended = true;
                Some(Pending::failed(damaged("it has no items".to_owned())))
            }
            Ok(None) => None,
            Err(error) => {
                self.ended = true;
                Some(Pending::failed(damaged(error.to_string())))
            }
        }
    }
}

fn name_of(element: &BytesStart<'_>) -> String {
    element.name().as_ref().to_lowercase()
}

/// Atom's links are attributes; the one to the article itself is `alternate` or says nothing.
fn link(element: &BytesStart<'_>, fields: &mut Fields) {
    let attribute = |name: &str| {
        let found = element.try_get_attribute(name).ok().flatten()?;
        Some(found.value.replace("&amp;", "&"))
    };
    if name_of(element) == "link"
        && attribute("rel").is_none_or(|rel| rel == "alternate")
        && let Some(address) = attribute("href")
    {
        fields.entry("link".to_owned()).or_insert(address);
    }
}

/// The character that `&amp;`, `&#233;` and their like stand for; nothing for entities that XML does not know.
pub(super) fn reference(entity: &BytesRef<'_>) -> Option<char> {
    if let Ok(Some(character)) = entity.resolve_char_ref() {
        return Some(character);
    }
    quick_xml::escape::resolve_predefined_entity(entity)?.chars().next()
}

fn document(mut fields: Fields, site: Option<String>, name: &str, number: usize) -> Document {
    let texts = TEXT.iter().filter_map(|key| fields.remove(*key));
    let text = texts.map(|text| html::text_of(&text)).max_by_key(String::len).unwrap_or_default();
    let id = fields.remove("guid").or_else(|| fields.remove("id")).or_else(|| fields.get("link").cloned());
    let mut members = Map::new();
    let mut put = |key: &str, value: Option<String>| {
        members.extend(value.map(|value| (key.to_owned(), Value::String(value))));
    };
    put("title", fields.remove("title").map(|title| html::text_of(&title)));
    let date = ["pubdate", "published", "dc:date", "updated"].iter().find_map(|key| fields.remove(*key));
    put("date", date);
    put("author", fields.remove("dc:creator").or_else(|| fields.remove("author")));
    put("url", fields.remove("link"));
    put("category", fields.remove("category"));
    put("site", site);
    Document::titled(id.unwrap_or_else(|| format!("{name}:{number}")), text, Meta::from(members))
}

#[cfg(test)]
mod tests {
    use super::Items;
    use crate::document::reader::Pending;
    use crate::document::stream::Stream;
    use crate::document::{Document, DocumentError};

    fn read(xml: &str) -> Vec<Result<Document, DocumentError>> {
        let stream = Stream::open(std::io::Cursor::new(xml.to_owned()), &Default::default()).expect("opened");
        Items::new(stream, "f.xml".into()).map(Pending::read).collect()
    }

    #[test]
    fn rss() {
        let items = read(
            "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>The Paper</title><link>https://paper.example</link>\
             <item><title>Rain &amp; wind</title><link>https://paper.example/1</link><guid>one</guid><category>a</category>\
             <category>b</category><pubDate>Sat, 04 Jun 2016 12:11:05 GMT</pubDate><description>&lt;p&gt;In &lt;b&gt;Homs&lt;/b&gt;.\
             &lt;/p&gt;</description><dc:creator>Ann</dc:creator></item><item><title>Dry</title><description><![CDATA[<p>In \
             Hama</p>]]></description></item></channel></rss>",
        );
        let [first, second] = &items[..] else { panic!("two items") };
        let first = first.as_ref().expect("an item");
        assert_eq!(
            (first.id.as_str(), first.title_before(), first.text_proper()),
            ("one", Some("Rain & wind"), "In Homs.")
        );
        assert_eq!(
            (first.meta.site.as_deref(), first.meta.date.as_deref()),
            (Some("The Paper"), Some("2016-06-04T12:11:05Z"))
        );
        assert_eq!((first.meta.author.as_deref(), &first.meta.other["category"]), (Some("Ann"), &"a; b".into()));
        assert!(second.as_ref().is_ok_and(|second| second.text_proper() == "In Hama" && second.id == "f.xml:2"));
    }

    #[test]
    fn atom() {
        let items = read(
            "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>The Paper</title><entry><title type=\"html\">Rain</title>\
             <link rel=\"self\" href=\"https://x.example\"/><link href=\"https://paper.example/1?a=1&amp;b=2\"/><id>urn:1</id>\
             <updated>2016-06-04T12:11:05Z</updated><author><name>Ann</name></author><content type=\"xhtml\"><div><p>In <b>Homs</b>\
             </p><p>and Hama.</p></div></content></entry></feed>",
        );
        let entry = items[0].as_ref().expect("an entry");
        assert_eq!(entry.text_proper().split_whitespace().collect::<Vec<_>>().join(" "), "In Homs and Hama.");
        assert_eq!(
            (entry.meta.url.as_deref(), entry.meta.author.as_deref()),
            (Some("https://paper.example/1?a=1&b=2"), Some("Ann"))
        );
    }

    #[test]
    fn what_is_no_feed_says_so() {
        assert!(read("<articles/>")[0].is_err());
        let cut = read("<rss><channel><item><title>Rain</title><description>In Homs</description></item><item><ti");
        assert!(cut[0].is_ok() && cut.len() <= 2);
    }
}
