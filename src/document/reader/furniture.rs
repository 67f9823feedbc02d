//! What stands round the article of a page: menus, banners, requests to subscribe. None of it may be taken for a paragraph.

use dom_query::{Document as Page, NodeRef};

/// What HTML calls so.
pub const ELEMENTS: &str = "nav, footer, dialog, button, menu, [role='navigation'], [role='banner'], [role='contentinfo'], \
                            [role='search'], [role='dialog'], [role='alertdialog'], [role='menu'], [role='menubar'], \
                            [role='toolbar'], [aria-modal='true']";

/// Words of classes and ids by which pages call it.
const CLASSES: [&str; 16] = [
    "advert",
    "advertisement",
    "breadcrumb",
    "breadcrumbs",
    "byline",
    "consent",
    "cookie",
    "cookies",
    "gdpr",
    "newsletter",
    "promo",
    "share",
    "sharing",
    "signup",
    "skip",
    "subscribe",
];

/// Characters of the longest text that a class alone makes furniture; an article may stand in a thing of any class.
const MOST_CHARS: usize = 600;

/// Elements that hold an article, or the beginning of one.
const ARTICLES: [&str; 5] = ["article", "main", "h1", "body", "html"];

/// Removes it from a page.
pub fn remove(page: &Page) {
    page.select(ELEMENTS).remove();
    for node in page.select("[class], [id]").nodes() {
        if is_called_so(node) && is_small(node) {
            node.remove_from_parent();
        }
    }
}

fn is_called_so(node: &NodeRef<'_>) -> bool {
    ["class", "id"].iter().filter_map(|name| node.attr(name)).any(|names| {
        names.split(|c: char| !c.is_alphanumeric()).any(|word| CLASSES.contains(&word.to_ascii_lowercase().as_str()))
    })
}

/// Whether an element has no more text than furniture has, and no article in it. Looks at a bounded number of nodes.
fn is_small(node: &NodeRef<'_>) -> bool {
    let is_article = |node: &NodeRef<'_>| node.node_name().is_some_and(|name| ARTICLES.contains(&&*name));
    let mut chars = 0;
    let few = node.descendants_it().take(MOST_CHARS + 1).enumerate().all(|(at, inner)| {
        if inner.is_text() {
            chars += inner.text().trim().len();
        }
        at < MOST_CHARS && chars <= MOST_CHARS && !is_article(&inner)
    });
    few && !is_article(node)
}

#[cfg(test)]
mod tests {
    use super::remove;
    use dom_query::Document as Page;

    #[test]
    fn what_is_called_furniture_goes_unless_an_article_stands_in_it() {
        let long = "In Homs. ".repeat(100);
        for (page, text) in [
            ("<div class='site-breadcrumb'>Home</div><p>In Homs.</p>".to_owned(), "In Homs."),
            ("<div id=cookie-banner><p>Paris</p></div><p>In Homs.</p>".to_owned(), "In Homs."),
            ("<nav>Paris</nav><p>In Homs.</p>".to_owned(), "In Homs."),
            ("<div class='share'><article>In Homs.</article></div>".to_owned(), "In Homs."),
            ("<div class='shareholders'>In Homs.</div>".to_owned(), "In Homs."),
            (format!("<div class=promo>{long}</div>"), long.trim()),
        ] {
            let page = Page::from(format!("<html><body>{page}</body></html>"));
            remove(&page);
            assert_eq!(page.select("body").text().trim(), text);
        }
    }
}
