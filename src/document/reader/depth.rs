//! The gate before the trees of pages: markup so deep that a recursive reader would overflow the stack, or so tangled that its
//! tree would fill the memory, is refused before a tree is made of it.

use super::markup::{Dialect, Token, Tokeniser};
use dom_query::{Document as Page, NodeRef};

/// The deepest nesting of elements that is read. Few pages nest deeper than 60, and the time that a page takes grows with its
/// depth.
pub const MOST_DEPTH: usize = 256;

/// The most attributes of a tag: parsers compare each with all before it.
const MOST_ATTRIBUTES: usize = 500;

/// Elements without content.
const VOID: [&str; 15] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "keygen", "link", "meta", "param", "source", "track",
    "wbr",
];

/// Elements whose content is no markup.
const RAW: [&str; 7] = ["script", "style", "textarea", "title", "xmp", "iframe", "noembed"];

/// Elements that are opened anew in what follows where they were not closed.
const FORMATTING: [&str; 14] =
    ["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];

/// Elements of which one closes another that is open: which ones.
const SIBLINGS: [&[&str]; 7] = [
    &["li"],
    &["dd", "dt"],
    &["td", "th", "caption"],
    &["tr"],
    &["tbody", "thead", "tfoot", "colgroup"],
    &["option", "optgroup"],
    &["rb", "rt", "rtc", "rp"],
];

/// Elements that close none outside of them.
const LIMITS: [&str; 12] =
    ["ul", "ol", "dl", "table", "select", "ruby", "button", "object", "applet", "marquee", "template", "html"];

/// Elements that may stand in a paragraph beside [`FORMATTING`] and [`VOID`]; others close it.
const INLINE: [&str; 30] = [
    "abbr", "acronym", "audio", "bdi", "bdo", "button", "canvas", "cite", "data", "del", "dfn", "ins", "kbd", "label",
    "map", "mark", "math", "meter", "object", "output", "picture", "q", "ruby", "samp", "select", "span", "sub", "sup",
    "svg", "var",
];

/// Elements round which formatting ends with them.
const CELLS: [&str; 3] = ["td", "th", "caption"];

/// The elements that are open at a place in a page, as the HTML standard has them.
#[derive(Default)]
struct Stack {
    /// Names, each with its number; numbers rise.
    open: Vec<(u32, String)>,
    /// Formatting that goes on: name, tag, and the number of the element that does it; `None` at the beginning of a cell.
    formatting: Vec<Option<(String, String, u32)>>,
    /// The number of the next element.
    next: u32,
    /// The elements that the tree has and the markup has not.
    anew: usize,
}

impl Stack {
    fn push(&mut self, name: &str) -> u32 {
        self.open.push((self.next, name.to_owned()));
        self.next = self.next.wrapping_add(1);
        self.next.wrapping_sub(1)
    }

    /// Closes the elements from one on.
    fn close(&mut self, from: usize) {
        let cells = self.open.drain(from..).filter(|(_, name)| CELLS.contains(&name.as_str())).count();
        for _ in 0..cells {
            let marker = self.formatting.iter().rposition(Option::is_none);
            self.formatting.truncate(marker.unwrap_or(0));
        }
    }

    /// The last open element of these names, none outside of an element of [`LIMITS`].
    fn last(&self, names: &[&str]) -> Option<usize> {
        let limit = |name: &str| LIMITS.contains(&name) || CELLS.contains(&name);
        let near = self.open.iter().rposition(|(_, name)| names.contains(&name.as_str()) || limit(name))?;
        names.contains(&self.open[near].1.as_str()).then_some(near)
    }

    /// Opens formatting that was closed with the element round it.
    fn reconstruct(&mut self) {
        let is_open = |open: &[(u32, String)], number: u32| open.binary_search_by_key(&number, |(n, _)| *n).is_ok();
        let going_on = self.formatting.iter().rposition(|entry| match entry {
            Some((_, _, number)) => is_open(&self.open, *number),
            None => true,
        });
        for at in going_on.map_or(0, |at| at + 1)..self.formatting.len() {
            let Some((name, tag, _)) = self.formatting[at].take() else { continue };
            let number = self.push(&name);
            self.formatting[at] = Some((name, tag, number));
            self.anew += 1;
        }
    }

    fn start(&mut self, name: &str, raw: String, empty: bool) {
        if FORMATTING.contains(&name) {
            let begin = self.formatting.iter().rposition(Option::is_none).map_or(0, |marker| marker + 1);
            let one = matches!(name, "a" | "nobr");
            let same = |entry: &Option<(String, String, u32)>| {
                entry.as_ref().is_some_and(|(n, tag, _)| n == name && (one || *tag == raw))
            };
            let mut found = (begin..self.formatting.len()).filter(|&at| same(&self.formatting[at]));
            // Three of the same go on at most, and one link.
            if let Some(first) = found.next()
                && (one || found.count() >= 2)
                && let Some((_, _, number)) = self.formatting.remove(first)
                && one
            {
                self.open.retain(|(other, _)| *other != number);
            }
            self.reconstruct();
            let number = self.push(name);
            self.formatting.push(Some((name.to_owned(), raw, number)));
            return;
        }
        let foreign = || self.open.iter().any(|(_, name)| name == "svg" || name == "math");
        if VOID.contains(&name) || empty && foreign() {
            return self.reconstruct();
        }
        let siblings = SIBLINGS.iter().find(|siblings| siblings.contains(&name));
        if let Some(at) = siblings.and_then(|siblings| self.last(siblings)) {
            self.close(at);
        }
        if INLINE.contains(&name) {
            self.reconstruct();
        } else if let Some(at) = self.last(&["p"]) {
            self.close(at);
        }
        self.push(name);
        if CELLS.contains(&name) {
            self.formatting.push(None);
        }
    }

    fn end(&mut self, name: &str) {
        if FORMATTING.contains(&name) {
            let last = self.formatting.iter().rposition(|entry| entry.as_ref().is_some_and(|(n, ..)| n == name));
            if let Some((_, _, number)) = last.and_then(|last| self.formatting.remove(last)) {
                self.open.retain(|(other, _)| *other != number);
                return;
            }
        }
        if let Some(at) = self.open.iter().rposition(|(_, other)| other == name) {
            self.close(at);
        }
    }
}

/// What is wrong with the markup of a page, if it must not be made into a tree. Reads it once, and makes no tree. [`is_deep`] has
/// the last word.
pub fn refusal(html: &str) -> Option<String> {
    let mut markup = Tokeniser::new(html.as_bytes(), Dialect::Html);
    let mut stack = Stack::default();
    // Reading from memory does not fail.
    while let Ok(Some(token)) = markup.next() {
        match token {
            Token::Start { raw, .. } if has_too_many_attributes(&raw) => {
                return Some(format!("a tag of it has more than {MOST_ATTRIBUTES} attributes"));
            }
            Token::Start { name, .. } if RAW.contains(&name.as_str()) => markup.skip_raw_text(&name).ok()?,
            Token::Start { name, raw, empty } => stack.start(&name, raw, empty),
            Token::End { name, .. } => stack.end(&name),
            Token::Text(text) if text.trim_ascii().is_empty() => {}
            Token::Text(_) | Token::CData(_) => stack.reconstruct(),
        }
        if stack.open.len() > MOST_DEPTH {
            return Some(too_deep());
        }
        if stack.anew > (html.len() / 8).max(100_000) {
            return Some("it leaves so many elements open that they multiply".to_owned());
        }
    }
    None
}

fn has_too_many_attributes(tag: &str) -> bool {
    // Most tags are shorter than so many attributes.
    if tag.len() < 2 * MOST_ATTRIBUTES {
        return false;
    }
    let (mut quote, mut count, mut before) = (None, 0, ' ');
    for c in tag.chars() {
        match quote {
            Some(open) if open == c => quote = None,
            Some(_) => {}
            None if matches!(c, '"' | '\'') => (quote, count) = (Some(c), count + 1),
            None => count += usize::from(before.is_whitespace() && !c.is_whitespace()),
        }
        before = c;
    }
    count > 2 * MOST_ATTRIBUTES
}

/// Whether a tree is deeper than is read.
pub fn is_deep(page: &Page) -> bool {
    // The root, the elements that every page has, and the text.
    let most = MOST_DEPTH + 4;
    let (mut node, mut depth) = (page.root(), 0);
    loop {
        if let Some(child) = node.first_child() {
            (node, depth) = (child, depth + 1);
            if depth > most {
                return true;
            }
            continue;
        }
        loop {
            if let Some(next) = node.next_sibling() {
                node = next;
                break;
            }
            let up: Option<NodeRef<'_>> = node.parent().filter(|_| depth > 0);
            let Some(up) = up else { return false };
            (node, depth) = (up, depth - 1);
        }
    }
}

/// Why such a page is refused.
pub fn too_deep() -> String {
    format!("its markup is nested deeper than {MOST_DEPTH} elements")
}

#[cfg(test)]
mod tests {
    use super::{is_deep, refusal};
    use dom_query::Document as Page;

    #[test]
    fn deep_and_multiplying_markup_is_refused_and_pages_of_all_sorts_are_not() {
        let many = |piece: &str, count: usize| piece.repeat(count);
        let distinct = |count: usize| (0..count).map(|at| format!("<font size={at}>")).collect::<String>();
        for deep in [
            many("<b>", 600),
            distinct(600),
            many("<div>", 600),
            many("<p><div>", 600),
            many("<table><tr><td>", 300),
            many("<ul><li>", 300),
            many("<span class=a>", 600),
            many("<x-a>", 600),
            many("<a ", 100_000),
            format!("<p {}>In Homs", (0..2_000).map(|at| format!("a{at}=b ")).collect::<String>()),
            "<p>".to_owned() + &distinct(100) + &many("<p>Homs", 100_000),
        ] {
            assert!(refusal(&deep).is_some(), "{}", &deep[..60]);
        }
        for fine in [
            many("<p>In Homs", 5_000),
            many("<ul><li>a<li>b</ul>", 5_000),
            many("<p><font size=2>In Homs<br>", 5_000),
            many("<p><b>In Homs</p>", 5_000),
            many("<a name=x>In Homs<p>", 5_000),
            many("<b><i>a</b></i>", 5_000),
            many("<table><tr><td><b>a<td>b</table>", 5_000),
            many("<script>'<div>'</script>", 5_000),
            many("<!-- <div> -->", 5_000),
            many("<div title='<div><div>'></div>", 5_000),
            many("<svg><path d=''/><g/></svg>", 5_000),
            many("<div></div></div>", 5_000),
            many("<dl><dt>a<dd>b</dl><select><option>a<option>b</select>", 5_000),
            many("<ruby>a<rt>b</ruby>", 5_000),
            format!("<img src='data:{}' alt=a>", many("a b=c ", 5_000)),
            many("<", 100_000),
            many("<a ", 300),
        ] {
            assert_eq!(refusal(&fine), None, "{}", &fine[..30]);
            assert!(!is_deep(&Page::from(fine.as_str())), "{}", &fine[..30]);
        }
        let tree = |html: &str| is_deep(&Page::from(html));
        assert!(tree(&many("<svg><tr>", 600)) && tree(&many("<div>", 600)) && !tree(&many("<div>", 250)));
    }
}
