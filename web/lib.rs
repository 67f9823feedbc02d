//! The page of the `toponym` geoparser, put together of real files: one map and one view of an article, to read (the
//! HTML export of `toponym`) or to correct as well (what `toponym serve` serves).
//!
//! Its content-security policy admits its own style and its own script by their hashes, and nothing else that runs.
//! This crate serves `toponym` and `toponym-serve`; it promises nothing to others.

#![deny(missing_docs)]

mod basemap;

pub use basemap::{CELL_DEGREES, CELL_STEP, basemap_cell};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

const PAGE: &str = include_str!("page.html");
const STYLE: &str = include_str!("page.css");
/// The scripts that show articles, in the order in which they run.
const VIEW: [&str; 10] = [
    include_str!("outlines.js"),
    include_str!("map.js"),
    include_str!("surroundings.js"),
    include_str!("clusters.js"),
    include_str!("paint.js"),
    include_str!("article.js"),
    include_str!("view.js"),
    include_str!("share.js"),
    include_str!("list.js"),
    include_str!("all.js"),
];
/// What the page to read adds.
const READ: &str = include_str!("read.js");
/// What the page to correct adds.
const WORK_STYLE: &str = include_str!("work.css");
const WORK_TOOLS: &str = include_str!("work-tools.html");
const WORK_DIALOGS: &str = include_str!("work-dialogs.html");
const WORK: [&str; 7] = [
    include_str!("model.js"),
    include_str!("store.js"),
    include_str!("service.js"),
    include_str!("correct.js"),
    include_str!("mark.js"),
    include_str!("download.js"),
    include_str!("work.js"),
];

/// Where the tiles of the street map are, which the page loads only when its reader asks for them.
const TILES: &str = "https://tile.openstreetmap.org";

/// A page, and what it may do.
pub struct Page {
    /// What stands before the documents.
    pub before: String,
    /// What stands behind them.
    pub after: String,
    /// The content-security policy, which the page also holds.
    pub policy: String,
}

/// The page to read. `credit` says in plain text whose data the places rest on, and may be empty; `outlines` is the
/// table of the outlines of countries. Documents, each a block of JSON, stand between the two parts.
pub fn reading_page(credit: &str, outlines: &str) -> Page {
    let script = [&VIEW[..], &[READ]].concat().concat();
    assemble(credit, outlines, STYLE, "", "", &script, "")
}

/// The page to work on, which asks the service that serves it.
pub fn working_page(credit: &str, outlines: &str) -> Page {
    let script = [&VIEW[..], &WORK].concat().concat();
    let style = [STYLE, WORK_STYLE].concat();
    assemble(credit, outlines, &style, WORK_TOOLS, WORK_DIALOGS, &script, " connect-src 'self';")
}

/// The block of a document, as JSON.
pub fn document_block(json: &str) -> String {
    block("class=\"document\"", json)
}

/// What begins the block of a part of the surroundings, behind which its name stands in quotation marks.
pub const SURROUNDINGS_START: &str = "<script type=\"application/json\" class=\"surroundings\" data-part=";

/// The block of a part of the surroundings of places, as JSON. `part` is its name, of letters, digits, blanks, stops and hyphens.
pub fn surroundings_block(part: &str, json: &str) -> String {
    block(&format!("class=\"surroundings\" data-part=\"{part}\""), json)
}

/// A block of JSON that browsers do not run: it cannot end its block, nor a line if it were read as a script.
fn block(attributes: &str, json: &str) -> String {
    let json = json.replace('<', "\\u003c").replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029");
    format!("<script type=\"application/json\" {attributes}>{json}</script>\n")
}

fn assemble(
    credit: &str,
    outlines: &str,
    style: &str,
    tools: &str,
    dialogs: &str,
    script: &str,
    connects: &str,
) -> Page {
    let policy = format!(
        "default-src 'none'; style-src '{}'; script-src '{}'; img-src {TILES};{connects} base-uri 'none'; form-action 'none'",
        sum(style),
        sum(script)
    );
    let credit = match credit {
        "" => String::new(),
        credit => format!("Places: {}. ", escaped(credit)),
    };
    // What is filled in may hold anything, also the name of a slot: each slot is looked for in the page alone.
    let fill = |part: &str| {
        let mut filled = String::new();
        let mut rest = part;
        while let Some((before, behind)) = rest.split_once("{{") {
            let (slot, behind) = behind.split_once("}}").unwrap_or((behind, ""));
            filled.push_str(before);
            filled.push_str(match slot {
                "policy" => &policy,
                "style" => style,
                "tools" => tools,
                "dialogs" => dialogs,
                "credit" => &credit,
                "outlines" => outlines,
                "script" => script,
                _ => "",
            });
            rest = behind;
        }
        filled + rest
    };
    let (before, after) = PAGE.split_once("{{documents}}").unwrap_or((PAGE, ""));
    Page { before: fill(before), after: fill(after), policy: policy.clone() }
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
    use super::{Page, document_block, reading_page, sum, working_page};

    #[test]
    fn no_text_ends_its_block() {
        let block = document_block("\"</script><!--<script>\u{2028}\"");
        assert_eq!(block.matches('<').count(), 2, "{block}");
        assert!(!block.contains('\u{2028}'));
    }

    #[test]
    fn the_policy_admits_the_style_and_the_script_of_the_page_alone() {
        for Page { before, after, policy } in [reading_page("<a> & b", "grid\t1"), working_page("<a> & b", "grid\t1")] {
            let page = before + &after;
            for element in ["style", "script"] {
                let (open, close) = (format!("<{element}>"), format!("</{element}>"));
                let text = page.split(&open).nth(1).and_then(|rest| rest.split(&close).next()).expect("it is there");
                assert!(policy.contains(&format!("{element}-src '{}'", sum(text))), "{element}");
                assert!(!text.contains("{{") && text.len() > 1000, "{element}");
                // A slash behind `<` in the script would look like an end.
                assert_eq!(page.matches(&open).count(), 1, "{element}");
            }
            assert!(page.contains(&policy) && page.contains("&lt;a&gt; &amp; b") && page.contains("grid\t1"));
            assert!(!page.contains("{{"), "a slot is not filled");
        }
    }
}
