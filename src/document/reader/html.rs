//! Web pages: the article's own text, without the page's boilerplate.

use crate::document::decode::encoding_of;
use crate::document::meta::host_of;
use crate::document::{Document, Meta, head, iso_date};
use dom_query::Document as Page;
use dom_smoothie::{Config, Readability, TextMode};

/// Reads a page. If no article can be separated from its surroundings, the text of the whole page is taken.
pub fn document(bytes: &[u8], name: &str) -> Document {
    let page = Page::from(encoding_of(bytes).decode(bytes).0.as_ref());
    let page_meta = PageMeta::read(&page);
    let config = Config { text_mode: TextMode::Formatted, ..Config::default() };
    let article = Readability::with_document(page.clone(), None, Some(config)).and_then(|mut reader| reader.parse());
    let given = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    let (text, mut meta, lang) = match article {
        Ok(article) => {
            let meta = Meta {
                title: given(&article.title),
                author: article.byline.as_deref().and_then(given),
                site: article.site_name.as_deref().and_then(given),
                date: article.published_time.as_deref().and_then(given),
                url: article.url.as_deref().and_then(given),
                ..Meta::default()
            };
            (tidy(&article.text_content), meta, article.lang.as_deref().and_then(given))
        }
        Err(_) => {
            page.select("script, style, noscript, template, nav, header, footer").remove();
            (tidy(&page.select("body").formatted_text()), Meta::default(), None)
        }
    };
    meta.title = meta.title.or(page_meta.title).map(|title| without_site(&title, meta.site.as_deref()));
    meta.url = page_meta.url.or(meta.url);
    meta.domain = meta.url.as_deref().and_then(host_of);
    let dates = meta.date.into_iter().chain(page_meta.dates);
    meta.date = dates.filter_map(|date| iso_date(&date)).next().or_else(|| head::date_and_title(&text).0);
    Document { lang: lang.or(page_meta.lang), ..Document::titled(name, text, meta) }
}

/// A title without the name of the site behind it: "Rain in Homs | The Paper".
fn without_site(title: &str, site: Option<&str>) -> String {
    let bare = site.and_then(|site| title.strip_suffix(site));
    let bare = bare.map(|bare| bare.trim_end().trim_end_matches(['|', '-', '–', '—', ':', '·', '»']).trim_end());
    bare.filter(|bare| !bare.is_empty()).unwrap_or(title).to_owned()
}

/// The text of an HTML fragment, as feeds and mails hold it.
pub fn text_of(html: &str) -> String {
    if !html.contains(['<', '&']) {
        return html.trim().to_owned();
    }
    let piece = Page::fragment(html);
    piece.select("script, style").remove();
    tidy(&piece.formatted_text())
}

/// Metadata of a page outside its article.
#[derive(Default)]
struct PageMeta {
    title: Option<String>,
    /// Values of the elements that may hold the date of publication, the most reliable first; some are opening hours and durations.
    dates: Vec<String>,
    url: Option<String>,
    lang: Option<String>,
}

/// Selectors of the elements in which pages give the date of publication.
const DATES: [&str; 6] = [
    "meta[property='article:published_time']",
    "meta[name='date'], meta[name='dc.date'], meta[name='DC.date.issued'], meta[name='pubdate']",
    "meta[itemprop='datePublished']",
    "[itemprop='datePublished'][datetime]",
    "article time[datetime]",
    "time[datetime]",
];

impl PageMeta {
    fn read(page: &Page) -> Self {
        let attribute = |selector: &str, names: &[&str]| {
            let found = page.select(selector);
            let value = names.iter().find_map(|name| found.attr(name))?;
            Some(value.trim().to_owned()).filter(|value| !value.is_empty())
        };
        let attributes = |selector: &str| {
            let elements = page.select(selector);
            let values =
                elements.iter().filter_map(|element| element.attr("content").or_else(|| element.attr("datetime")));
            values.map(|value| value.trim().to_owned()).collect::<Vec<_>>()
        };
        PageMeta {
            title: Some(page.select("title").first().text().trim().to_owned()).filter(|title| !title.is_empty()),
            dates: DATES.iter().flat_map(|selector| attributes(selector)).collect(),
            url: attribute("link[rel='canonical']", &["href"])
                .or_else(|| attribute("meta[property='og:url']", &["content"])),
            lang: attribute("html", &["lang"]),
        }
    }
}

/// The text with trimmed lines and at most one empty line between two.
fn tidy(text: &str) -> String {
    let mut tidy = String::with_capacity(text.len());
    let mut empty = 0;
    for line in text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")) {
        if line.is_empty() {
            empty += 1;
            continue;
        }
        if !tidy.is_empty() {
            tidy.push_str(if empty > 0 { "\n\n" } else { "\n" });
        }
        tidy.push_str(&line);
        empty = 0;
    }
    tidy
}

#[cfg(test)]
mod tests {
    use super::{document, text_of};

    #[test]
    fn the_article_is_told_from_the_page() {
        let paragraph = "Bridges over the river were closed on Saturday, the mayor said, after the water had risen by two \
                         metres in a night, and buses took the long way round by the northern road.";
        let page = format!(
            "<!doctype html><html lang='en-GB'><head><meta charset='utf-8'><title>Bridges closed in Ulm | The Paper</title>\
             <meta property='og:site_name' content='The Paper'><meta property='article:published_time' content='2016-06-04T10:00:00Z'>\
             <link rel='canonical' href='https://paper.example/ulm'></head><body><nav><a href='/'>Home</a> <a href='/asia'>Asia</a></nav>\
             <article><h1>Bridges closed in Ulm</h1><p class='byline'>By <span rel='author'>Ann Smith</span></p>{}</article>\
             <footer>Paris Tokyo offices</footer></body></html>",
            format!("<p>{paragraph}</p>").repeat(5)
        );
        let read = document(page.as_bytes(), "p.html");
        assert_eq!(read.title_before(), Some("Bridges closed in Ulm"));
        assert!(read.text_proper().starts_with("Bridges over") || read.text_proper().contains("\n\nBridges over"));
        assert!(!read.text.contains("Tokyo") && !read.text.contains("Asia"), "{}", read.text);
        assert_eq!((read.meta.date.as_deref(), read.lang.as_deref()), (Some("2016-06-04T10:00:00Z"), Some("en-GB")));
        assert_eq!(
            (read.meta.site.as_deref(), read.meta.domain.as_deref()),
            (Some("The Paper"), Some("paper.example"))
        );
    }

    #[test]
    fn pages_of_any_sort_and_character_set_give_text() {
        let russian =
            "<html><head><meta charset=windows-1251></head><body><p>Алеппо</p><script>Paris</script></body></html>";
        let (bytes, ..) = encoding_rs::WINDOWS_1251.encode(russian);
        assert_eq!(document(&bytes, "p").text_proper(), "Алеппо");
        assert_eq!(document(b"<html></html>", "p").text, "");
        assert_eq!(text_of("<p>Rain &amp; wind<br>in <b>Homs</b></p><p>Dry.</p>"), "Rain & wind\nin Homs\n\nDry.");
    }
}
