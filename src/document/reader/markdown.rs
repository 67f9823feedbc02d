//! Markdown: its syntax is replaced by spaces, so that offsets count in the file as it is.

use crate::document::{Document, Meta, decode};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use serde_json::{Map, Value};

/// Reads a Markdown text. Front matter (YAML between `---`, TOML between `+++`, a `key: value` or `key = "value"` a line)
/// gives title, date and what else it says; without a title there, the first heading is it. Code, addresses of links and
/// HTML are no text.
pub fn document(bytes: &[u8], name: &str) -> Document {
    let source = decode(bytes);
    let mut options = Options::empty();
    options.insert(Options::ENABLE_YAML_STYLE_METADATA_BLOCKS | Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS);
    options.insert(Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_FOOTNOTES);
    let (mut members, mut heading, mut lang) = (Map::new(), None::<String>, None);
    let mut text = String::with_capacity(source.len());
    let (mut in_matter, mut in_code, mut in_heading) = (false, false, false);
    for (event, range) in Parser::new_ext(&source, options).into_offset_iter() {
        match event {
            Event::Start(Tag::MetadataBlock(_)) => in_matter = true,
            Event::End(TagEnd::MetadataBlock(_)) => in_matter = false,
            Event::Start(Tag::CodeBlock(_)) => in_code = true,
            Event::End(TagEnd::CodeBlock) => in_code = false,
            Event::Start(Tag::Heading { .. }) if heading.is_none() => {
                (heading, in_heading) = (Some(String::new()), true);
            }
            Event::End(TagEnd::Heading(_)) => in_heading = false,
            Event::Text(matter) if in_matter => members.extend(matter.lines().filter_map(member)),
            // What is written as an entity is longer in the source than in the text; the source holds.
            Event::Text(_) | Event::Code(_) if !in_code => {
                let Some(written) = source.get(range.clone()).filter(|_| range.start >= text.len()) else { continue };
                let syntax = text.len()..range.start;
                blank(&mut text, source.get(syntax).unwrap_or(""));
                text.push_str(written);
                if let Some(heading) = heading.as_mut().filter(|_| in_heading) {
                    heading.push_str(written);
                }
            }
            _ => {}
        }
    }
    let rest = text.len()..;
    blank(&mut text, source.get(rest).unwrap_or(""));
    if let Some(Value::String(language)) = members.remove("lang").or_else(|| members.remove("language")) {
        lang = Some(language);
    }
    let meta = Meta::from(members);
    let untitled = meta.title.is_none();
    let mut document = Document { lang, ..Document::titled(name, text, meta) };
    if untitled {
        // It stands in the text.
        document.meta.title = heading.filter(|heading| !heading.trim().is_empty());
    }
    document
}

/// Replaces syntax: line ends stay, every other character becomes white space of the same length in bytes.
fn blank(text: &mut String, syntax: &str) {
    text.extend(syntax.chars().map(|c| match (c, c.len_utf8()) {
        ('\n' | '\r', _) => c,
        (_, 1) => ' ',
        (_, 2) => '\u{a0}',
        (_, 3) => '\u{2003}',
        // No white space is as long; these are pictographs for the most part, which name nothing.
        _ => c,
    }));
}

/// A line of front matter: `key: value` or `key = value`, in quotes or not. Lists and what is indented are left out.
fn member(line: &str) -> Option<(String, Value)> {
    let at = line.find([':', '='])?;
    let (key, value) = (line.get(..at)?, line.get(at + 1..)?.trim());
    let bare = value.trim_matches(['"', '\'']);
    let simple = !key.starts_with([' ', '-', '#', '[']) && !bare.is_empty() && !value.starts_with(['[', '{', '|', '>']);
    simple.then(|| (key.trim().to_owned(), Value::String(bare.to_owned())))
}

#[cfg(test)]
mod tests {
    use super::document;

    #[test]
    fn syntax_goes_and_offsets_stay() {
        let source = "---\ntitle: \"Rain – in Homs\"\ndate: 2016-06-04\ntags: [a]\nbeat: north\n---\n# Rain\n\nIn **Homs** and \
                      [Hama](https://paris.example \"Paris\") `Ulm`.\n\n```\nBerlin\n```\n";
        let read = document(source.as_bytes(), "m.md");
        assert_eq!(read.title_before(), Some("Rain – in Homs"));
        assert_eq!(read.text_proper().len(), source.len());
        for name in ["Homs*", "Hama]", "Ulm"] {
            let name = name.trim_end_matches(['*', ']']);
            assert_eq!(read.text_proper().rfind(name), source.rfind(name), "{name}");
        }
        assert!(!read.text_proper().contains("aris") && !read.text_proper().contains("Berlin"));
        assert_eq!((read.meta.date.as_deref(), &read.meta.other["beat"]), (Some("2016-06-04"), &"north".into()));
        let headed = document(b"# Rain in Homs\n\nIt rained.", "m.md");
        assert_eq!((headed.meta.title.as_deref(), headed.body), (Some("Rain in Homs"), 0));
    }
}
