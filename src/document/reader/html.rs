//! Web pages: the article's own text, without the page's boilerplate.

use super::{depth, furniture};
use crate::document::decode::encoding_of;
use crate::document::meta::host_of;
use crate::document::{Document, DocumentError, Meta, head, iso_date};
use dom_query::Document as Page;
use dom_smoothie::{Article, Config, Readability, TextMode};
use serde_json::Value;
use std::borrow::Cow;

/// Elements of whose content nothing is shown.
const UNSEEN: &str = "script, style, noscript, template";

/// Elements that a browser without scripts, or with them, does not show, and in which pages hide their text.
const HIDING: [&str; 2] = ["noscript", "template"];

/// Reads a page. If no article can be separated from its surroundings, the text is looked for step by step: in what the page says
/// to search engines, in the page without its furniture, in all of it.
pub fn document(bytes: &[u8], name: &str) -> Result<Document, DocumentError> {
    let html = encoding_of(bytes).decode(bytes).0;
    let html = without_unclosed(&html);
    let damaged = |reason: String| DocumentError::Damaged {
        path: name.to_owned(),
        what: "a page",
        reason,
        way_out: "save its text, and give that",
    };
    let page = tree(&html).map_err(damaged)?;
    let page_meta = PageMeta::read(&page);
    let bodies = article_bodies(&page);
    let article = article(&page);
    let given = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    let lang = article.as_ref().and_then(|article| given(article.lang.as_deref()?));
    let mut meta = article.as_ref().map_or_else(Meta::default, |article| Meta {
        title: given(&article.title),
        author: article.byline.as_deref().and_then(given),
        site: article.site_name.as_deref().and_then(given),
        date: article.published_time.as_deref().and_then(given),
        url: article.url.as_deref().and_then(given),
        ..Meta::default()
    });
    let mut text = article.map_or_else(String::new, |article| tidy(&article.text_content));
    if let Some(body) = bodies.into_iter().max_by_key(String::len).filter(|body| body.len() > 2 * text.len()) {
        text = body;
    }
    if text.is_empty() {
        text = shown(&page, &format!("{UNSEEN}, {}, header", furniture::ELEMENTS));
    }
    if text.is_empty() {
        text = shown(&page, UNSEEN);
    }
    if text.is_empty() {
        let whole = without_tags(&html, &HIDING);
        text = tree(&whole).map(|page| shown(&page, "script, style")).map_err(damaged)?;
    }
    if text.is_empty() {
        text = page_meta.frames.clone();
    }
    meta.title = meta.title.or(page_meta.title).map(|title| without_site(&title, meta.site.as_deref()));
    meta.url = page_meta.url.or(meta.url);
    meta.domain = meta.url.as_deref().and_then(host_of);
    let dates = meta.date.into_iter().chain(page_meta.dates);
    meta.date = dates.filter_map(|date| iso_date(&date)).next().or_else(|| head::date_and_title(&text).0);
    let mut document = Document { lang: lang.or(page_meta.lang), ..Document::titled(name, text, meta) };
    if document.text_proper().is_empty() {
        document.flaws.push("the page holds no text".to_owned());
    }
    Ok(document)
}

/// The tree of a page or of a fragment, if it may be made.
fn tree(html: &str) -> Result<Page, String> {
    checked(html, |html| Page::from(html))
}

fn checked(html: &str, parse: impl Fn(&str) -> Page) -> Result<Page, String> {
    if let Some(reason) = depth::refusal(html) {
        return Err(reason);
    }
    let page = parse(html);
    if depth::is_deep(&page) { Err(depth::too_deep()) } else { Ok(page) }
}

/// The article of a page, if there is one.
fn article(page: &Page) -> Option<Article> {
    let page = page.clone();
    furniture::remove(&page);
    let config = Config { text_mode: TextMode::Formatted, ..Config::default() };
    Readability::with_document(page, None, Some(config)).and_then(|mut reader| reader.parse()).ok()
}

/// The text of a page without the elements that a selector chooses.
fn shown(page: &Page, without: &str) -> String {
    let page = page.clone();
    page.select(without).remove();
    tidy(&page.select("body").formatted_text())
}

/// The articles that a page holds for search engines (schema.org's `articleBody`, as JSON-LD).
fn article_bodies(page: &Page) -> Vec<String> {
    let mut bodies = Vec::new();
    for script in page.select("script[type='application/ld+json']").iter() {
        let Ok(data) = serde_json::from_str::<Value>(&script.text()) else { continue };
        let mut values = vec![&data];
        while let Some(value) = values.pop() {
            match value {
                Value::Array(items) => values.extend(items),
                Value::Object(members) => {
                    let body = members.get("articleBody").and_then(Value::as_str);
                    bodies.extend(body.and_then(|body| text_of(body).ok()));
                    values.extend(members.values());
                }
                _ => {}
            }
        }
    }
    bodies
}

/// A page without the tags that hide what follows where the page does not close them.
fn without_unclosed(html: &str) -> Cow<'_, str> {
    let count = |tag: &str| {
        let starts = html.match_indices('<').filter(|(at, _)| {
            html.as_bytes()[at + 1..].get(..tag.len()).is_some_and(|name| name.eq_ignore_ascii_case(tag.as_bytes()))
        });
        starts.count()
    };
    let unclosed: Vec<&str> = HIDING.into_iter().filter(|name| count(name) > count(&format!("/{name}"))).collect();
    if unclosed.is_empty() { html.into() } else { without_tags(html, &unclosed).into() }
}

/// A page without the tags of some elements, whose content stays.
fn without_tags(html: &str, names: &[&str]) -> String {
    let (mut out, mut rest) = (String::with_capacity(html.len()), html);
    while let Some(at) = rest.find('<') {
        let (before, tag) = rest.split_at(at);
        out.push_str(before);
        let name = tag.trim_start_matches(['<', '/']);
        let is_one = names.iter().any(|known| {
            name.as_bytes().get(..known.len()).is_some_and(|name| name.eq_ignore_ascii_case(known.as_bytes()))
        });
        match tag.find('>').filter(|_| is_one) {
            Some(end) => rest = &tag[end + 1..],
            None => {
                out.push('<');
                rest = &tag[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

/// A title without the name of the site behind it: "Rain in Homs | The Paper".
fn without_site(title: &str, site: Option<&str>) -> String {
    let bare = site.and_then(|site| title.strip_suffix(site));
    let bare = bare.map(|bare| bare.trim_end().trim_end_matches(['|', '-', '–', '—', ':', '·', '»']).trim_end());
    bare.filter(|bare| !bare.is_empty()).unwrap_or(title).to_owned()
}

/// The text of an HTML fragment, as feeds hold it.
///
/// # Errors
/// When it must not be made into a tree; the message says why.
pub fn text_of(html: &str) -> Result<String, String> {
    if !html.contains(['<', '&']) {
        return Ok(html.trim().to_owned());
    }
    let piece = checked(html, |html| Page::fragment(html))?;
    piece.select("script, style").remove();
    Ok(tidy(&piece.formatted_text()))
}

/// Metadata of a page outside its article.
#[derive(Default)]
struct PageMeta {
    title: Option<String>,
    /// Values of the elements that may hold the date of publication, the most reliable first; some are opening hours and durations.
    dates: Vec<String>,
    url: Option<String>,
    lang: Option<String>,
    /// What stands in a page of frames for browsers without them.
    frames: String,
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
            frames: text_of(&page.select("noframes").text()).unwrap_or_default(),
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
        let read = document(page.as_bytes(), "p.html").expect("a page");
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
        let text = |bytes: &[u8]| document(bytes, "p").map(|page| page.text_proper().to_owned()).ok();
        assert_eq!(text(&bytes).as_deref(), Some("Алеппо"));
        assert_eq!(text(b"<html></html>").as_deref(), Some(""));
        let fragment = text_of("<p>Rain &amp; wind<br>in <b>Homs</b></p><p>Dry.</p>");
        assert_eq!(fragment.as_deref(), Ok("Rain & wind\nin Homs\n\nDry."));
    }

    #[test]
    fn pages_without_an_article_give_what_text_they_have() {
        let paragraph = "Bridges over the river in Homs were closed on Saturday, and buses took the long way round.";
        for page in [
            format!("<noscript><p>{paragraph}</p></body></html>"),
            format!("<noscript><p>{paragraph}</p></noscript>"),
            format!("<p>{paragraph}</p><noscript><p>{paragraph}</p>"),
            format!("<template><p>{paragraph}</p></template>"),
            format!("<template><p>{paragraph}</p>"),
            format!("<header><p>{paragraph}</p></header>"),
            format!("<aside><p>{paragraph}</p></aside>"),
            format!("<nav><p>{paragraph}</p></nav>"),
            format!("<form><p>{paragraph}</p></form>"),
            format!("<div hidden><p>{paragraph}</p></div>"),
            format!("<frameset><noframes><p>{paragraph}</p></noframes></frameset>"),
            format!(
                "<script type='application/ld+json'>[{{\"@graph\": [{{\"articleBody\": \"{paragraph}\"}}]}}]</script><p>Read on"
            ),
        ] {
            let read = document(page.as_bytes(), "p").expect("a page");
            assert!(read.text_proper().contains(paragraph), "{page}: {}", read.text);
        }
        let empty = document(b"<html><div id=root></div><script>Paris</script></html>", "p").expect("a page");
        assert_eq!((empty.text.as_str(), empty.flaws.len()), ("", 1));
    }

    #[test]
    fn furniture_is_no_first_paragraph() {
        let paragraph = "Bridges over the river in Homs were closed on Saturday, and buses took the long way round.";
        for furniture in [
            "<nav>Home Paris</nav>",
            "<div class=breadcrumb><a href=/>Home</a> &gt; <a href=/p>Paris</a></div>",
            "<div id='cookie-banner'><p>We and our partners in Paris use cookies, which you can refuse at any time.</p></div>",
            "<div role=dialog><p>Paris is our office, and you can write to it at any time, by day and by night.</p></div>",
            "<p class=byline>By Ann Smith, Paris</p>",
            "<div class='newsletter-signup'><p>Our letter from Paris</p></div>",
            "<ul role=menu><li><a href=/>Paris</a></ul>",
            "<a class=skip-link href='#main'>Skip to Paris</a>",
        ] {
            for article in
                [format!("<article><p>{paragraph}</p></article>"), format!("<p>{paragraph}</p><p>{paragraph}</p>")]
            {
                let page = format!(
                    "<html><title>Bridges closed in Ulm</title><body>{furniture}<h1>Bridges closed in Ulm</h1>{article}"
                );
                let read = document(page.as_bytes(), "p").expect("a page");
                assert!(read.text_proper().starts_with("Bridges"), "{page}: {}", read.text);
                assert!(!read.text.contains("Paris"), "{page}: {}", read.text);
            }
        }
    }
}
