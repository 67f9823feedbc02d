//! RSS 0.9 to 2.0 and Atom: a document an item.
//!
//! Feeds are written by programs that put strings together. A parser of XML refuses them from the first bare `&` on; here every
//! item is read, and what is amiss in it is named.

mod item;

use super::markup::{Dialect, Token, Tokeniser};
use super::{Pending, html};
use crate::document::DocumentError;
use crate::document::bounds::Metered;
use crate::document::stream::Stream;
use item::{Item, is_item};
use std::io::{self, BufReader};
use std::sync::Arc;

/// The items of a feed.
pub struct Items {
    markup: Tokeniser<BufReader<Metered<Stream>>>,
    name: Arc<str>,
    number: usize,
    most: u64,
    /// The feed's own title.
    site: Option<String>,
    /// The start of an item in which the one before was not closed.
    begun: bool,
    ended: bool,
}

impl Items {
    /// The items of a stream, each of at most so many bytes.
    pub fn new(stream: Stream, name: Arc<str>, most: u64) -> Self {
        let input = BufReader::with_capacity(64 << 10, Metered::new(stream, most));
        let markup = Tokeniser::new(input, Dialect::Xml);
        Items { markup, name, number: 0, most, site: None, begun: false, ended: false }
    }

    /// The next item; `None` at the end.
    fn item(&mut self) -> io::Result<Option<Item>> {
        if !std::mem::take(&mut self.begun) && !self.begin()? {
            return Ok(None);
        }
        self.markup.input().get_mut().begin();
        let mut item = Item::default();
        loop {
            match self.markup.next()? {
                Some(Token::Start { name, .. }) if is_item(&name) => {
                    item.cut_off("it is not closed before the next item");
                    self.begun = true;
                    return Ok(Some(item));
                }
                Some(token) => {
                    if item.take(token) {
                        return Ok(Some(item));
                    }
                }
                None => {
                    self.ended = true;
                    item.cut_off("the feed ends in it");
                    return Ok(Some(item));
                }
            }
        }
    }

    /// Goes on behind the start of the next item, and keeps the feed's title; `false` at the end.
    fn begin(&mut self) -> io::Result<bool> {
        let mut text = String::new();
        loop {
            match self.markup.next()? {
                Some(Token::Start { name, empty: false, .. }) if is_item(&name) => return Ok(true),
                Some(Token::Start { .. }) => {
                    text.clear();
                    self.markup.input().get_mut().begin();
                }
                Some(Token::Text(piece) | Token::CData(piece)) => text.push_str(&piece),
                Some(Token::End { name, .. }) => {
                    if name == "title" && self.site.is_none() {
                        let title = html::text_of(&item::resolved(&text, |_| ())).ok();
                        self.site = title.filter(|title| !title.is_empty());
                    }
                    text.clear();
                }
                None => return Ok(false),
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
            Ok(Some(item)) => {
                self.number += 1;
                let (name, number, site) = (self.name.clone(), self.number, self.site.clone());
                Some(Pending::new(&self.name, Some(number), item.bytes(), move || item.document(site, &name, number)))
            }
            Ok(None) if self.number == 0 => {
                self.ended = true;
                Some(Pending::failed(damaged("it has no items".to_owned())))
            }
            Ok(None) => None,
            Err(error) if error.kind() == io::ErrorKind::FileTooLarge => {
                self.ended = true;
                Some(Pending::failed(DocumentError::too_large(&self.name, Some(self.number + 1), self.most)))
            }
            Err(error) => {
                self.ended = true;
                Some(Pending::failed(damaged(error.to_string())))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Items;
    use crate::document::reader::Pending;
    use crate::document::stream::Stream;
    use crate::document::{Document, DocumentError};

    fn read(xml: &str) -> Vec<Result<Document, DocumentError>> {
        let stream = Stream::open(std::io::Cursor::new(xml.to_owned()), &Default::default()).expect("opened");
        Items::new(stream, "f.xml".into(), 10_000).map(Pending::read).collect()
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
    #[test]
    fn every_item_of_a_feed_with_flaws_is_kept_and_each_flaw_is_named() {
        let whole = "<item><title>Wind</title><description>In Hama</description></item>";
        for (flawed, text, flaw) in [
            ("<description>Ulm & Homs</description>", "Ulm & Homs", "bare &"),
            ("<description>Ulm<br>Homs</description>", "Ulm\nHoms", "<br> is not closed"),
            ("<description>Ulm<br/>Homs</description>", "Ulm\nHoms", ""),
            ("<description>5 < 6 in Homs</description>", "5 < 6 in Homs", "bare <"),
            (
                "<description>caf&eacute;&nbsp;in Homs</description>",
                "caf\u{e9} in Homs",
                "&eacute; is no entity of XML",
            ),
            ("<description>A &amp;amp; B &amp; C &#233;</description>", "A & B & C \u{e9}", ""),
            ("<description>a \u{fffd} in Homs</description>", "a \u{fffd} in Homs", "U+FFFD"),
            ("<description><p>Ulm<p>Homs</description>", "Ulm\n\nHoms", "<p> is not closed"),
            ("<description>In Homs", "In Homs", "<description> is not closed"),
            ("<description>Ulm <!-- Homs</description>", "Ulm < Homs", "bare <"),
            ("<description><![CDATA[In Homs</description>", "< In Homs", "bare <"),
            ("</b><description>In Homs</description>", "In Homs", "</b> closes nothing"),
        ] {
            let feed = format!(
                "<rss><channel><title>P</title>{whole}<item><title>Rain</title>{flawed}</item>{whole}</channel></rss>"
            );
            let items: Vec<Document> = read(&feed).into_iter().map(|item| item.expect("an item")).collect();
            assert_eq!(items.len(), 3, "{flawed}");
            assert_eq!((items[1].title_before(), items[1].text_proper()), (Some("Rain"), text), "{flawed}");
            let told = items[1].flaws.join(" ");
            assert!(told.contains(flaw) && (told.is_empty() == flaw.is_empty()), "{flawed}: {told}");
            assert!(items[0].flaws.is_empty() && items[2].flaws.is_empty() && items[2].text_proper() == "In Hama");
        }
        let unclosed = read(&format!("<rss><item><title>Rain</title>{whole}{whole}"));
        assert_eq!(unclosed.iter().filter(|item| item.is_ok()).count(), 3, "{unclosed:?}");
    }

    #[test]
    fn an_item_too_deep_or_too_large_is_an_error_of_its_own() {
        let deep = format!("<item><description>{}</description></item>", "&lt;b>".repeat(1000));
        let large = format!("<item><description>{}</description></item>", "Homs. ".repeat(50_000));
        let items = read(&format!("<rss>{deep}<item><title>In Homs</title></item>{large}</rss>"));
        assert!(items[0].as_ref().is_err_and(|error| error.to_string().contains("deeper")), "{:?}", items[0]);
        assert!(items[1].is_ok() && matches!(&items[2], Err(DocumentError::TooLarge { line: Some(3), .. })));
    }
}
