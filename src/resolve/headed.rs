//! Lists under or behind the place that has all of their items: "Mexico: Puebla, León", "Mozambique" over "- Pemba: full" and "- Palma: open".

use super::sequence::{bears, holds_unknown};
use super::statement::Names;
use crate::mention::gap::Gap;

/// Lines under a heading that are looked at, at most.
const MOST: usize = 64;

/// Lists behind a name and a colon.
pub fn read_lists(names: &Names<'_, '_>, gaps: &[Gap], within: &mut [Option<usize>]) {
    for head in 0..gaps.len() {
        let (own, next) = (&names.mentions[head], &names.mentions[head + 1]);
        let opens = names.words.tokens[own.first].opens;
        if !opens || names.words.text.get(own.end..next.start).map(str::trim) != Some(":") {
            continue;
        }
        let items = head + 1..head + 2 + (head + 1..gaps.len()).take_while(|&at| gaps[at].separator.is_some()).count();
        put_inside(names, head, &items.collect::<Vec<_>>(), within);
    }
}

/// Lines that begin with a name each, under one that ends with a name.
pub fn read_lines(names: &Names<'_, '_>, within: &mut [Option<usize>]) {
    let text = names.words.text;
    let begins_line = |at: usize| {
        let before = text[..names.mentions[at].start].chars().rev();
        let mut marks = before.skip_while(|c| !c.is_alphabetic() && *c != '\n');
        marks.next() == Some('\n')
    };
    let ends_line = |at: usize| {
        let mut behind = text[names.mentions[at].end..].chars().skip_while(|c| !c.is_alphanumeric() && *c != '\n');
        behind.next() == Some('\n')
    };
    let count = names.mentions.len();
    for head in (0..count.saturating_sub(2)).filter(|&head| ends_line(head) && begins_line(head + 1)) {
        // Given mentions may overlap.
        let between = |at: usize| text.get(names.mentions[at - 1].end..names.mentions[at].start).unwrap_or("");
        let in_block = |at: &usize| !between(*at).contains("\n\n");
        let lines = (head + 1..count).take(MOST).take_while(in_block).filter(|&at| begins_line(at));
        put_inside(names, head, &lines.collect::<Vec<_>>(), within);
    }
}

/// Puts the items of a list into its head, if that is a country or division which has all of them.
fn put_inside(names: &Names<'_, '_>, head: usize, items: &[usize], within: &mut [Option<usize>]) {
    let whole = names.candidates(head).first().filter(|best| bears(best) && holds_unknown(&best.place));
    if whole.is_some_and(|whole| items.iter().all(|&at| names.has_inside(at, &whole.place, bears))) {
        items.iter().for_each(|&at| within[at] = within[at].or(Some(head)));
    }
}

#[cfg(test)]
mod tests {
    use crate::{Document, Geoparser, Span};

    #[test]
    fn given_mentions_that_overlap_are_no_harm() {
        let geoparser = Geoparser::embedded().expect("opens");
        let document = Document::new("", "Mississippi\n- Oxford Town: 2\n- Biloxi: 3");
        let spans = [(0, 11), (14, 25), (14, 20), (31, 37)].map(|(start, end)| Span::new(start, end));
        assert_eq!(geoparser.resolve(&document, &spans).mentions.len(), 4);
    }
}
