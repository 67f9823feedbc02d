//! The boilerplate of a saved web page: its menus, its lists of links, its credits.
//!
//! It is recognised by its form: runs of short entries before the first paragraph or behind the last, lines with a label, lists
//! under a heading. Phrases (`boilerplate.tsv` of the language pack) only confirm it. In a text without a paragraph, such as a post, a
//! poem or a table, only rows of buttons are boilerplate.

mod entry;
mod kind;
mod lists;
mod menus;
mod span;

use crate::text::lexicon::Roles;
use crate::text::{Kind, Words};
use span::TokenSpan;
use std::ops::Range;

/// A line of a text that is not empty.
struct PageLine<'w, 't> {
    span: TokenSpan<'w, 't>,
    bytes: Range<usize>,
    /// Whether an empty line stands before it.
    apart: bool,
}

/// For each sentence, whether it is boilerplate.
pub fn sentences(words: &Words) -> Vec<bool> {
    let mut boilerplate = buttons(words);
    let lines = lines(words);
    let mut marked: Vec<bool> = lines.iter().map(|line| is_by_itself(&line.span)).collect();
    let prose: Vec<bool> = lines.iter().zip(&marked).map(|(line, marked)| !marked && line.span.is_prose()).collect();
    if !prose.contains(&true) {
        return boilerplate;
    }
    lists::mark(&lines, &prose, &mut marked);
    menus::mark(&lines, &prose, &mut marked);
    let mut tokens = 0;
    for (sentence, boilerplate) in words.sentences.iter().zip(&mut boilerplate) {
        let first = tokens;
        tokens += words.tokens[first..].iter().take_while(|token| token.start < sentence.end).count();
        let from = lines.partition_point(|line| line.bytes.end <= sentence.start);
        let to = lines.partition_point(|line| line.bytes.start < sentence.end);
        let span = TokenSpan::new(words, first..tokens);
        *boilerplate |= marked.get(from..to).is_some_and(|lines| !lines.is_empty() && !lines.contains(&false))
            || span.is_credit()
            || span.is_call();
    }
    boilerplate
}

/// Whether a line is boilerplate wherever it stands.
fn is_by_itself(line: &TokenSpan) -> bool {
    line.is_labelled() || line.is_pointer() || line.is_copyright() || line.is_credit() || line.is_call()
}

/// The lines that are not empty.
fn lines<'w, 't>(words: &'w Words<'t>) -> Vec<PageLine<'w, 't>> {
    let (mut lines, mut start, mut token, mut apart) = (Vec::new(), 0, 0, true);
    for line in words.text.split_inclusive('\n') {
        let bytes = start..start + line.len();
        start = bytes.end;
        let first = token;
        token += words.tokens[first..].iter().take_while(|token| token.start < bytes.end).count();
        if first == token {
            apart = true;
        } else {
            lines.push(PageLine { span: TokenSpan::new(words, first..token), bytes, apart });
            apart = false;
        }
    }
    lines
}

/// For each sentence, whether it is a row of buttons: it has no stop at its end, and two phrases or more of menus and buttons that
/// make up a fourth of its words.
fn buttons(words: &Words) -> Vec<bool> {
    let mut counts = vec![ButtonCounts::default(); words.sentences.len()];
    let mut at = 0;
    while let Some(token) = words.tokens.get(at) {
        let counts = &mut counts[token.sentence];
        // Only from words: looking on from each mark of a long row of hyphens takes the square of its length.
        let phrase = if token.is_word() { words.phrase_at(at, Roles::BOILERPLATE) } else { 0 };
        let count = phrase.max(usize::from(token.is_word()));
        counts.words += count;
        counts.commas |= token.kind == Kind::Comma;
        if phrase > 0 {
            counts.phrases += 1;
            counts.covered += count;
        }
        at += count.max(1);
    }
    let stopped = |sentence: &Range<usize>| {
        words.text.get(sentence.clone()).is_some_and(|s| s.ends_with(['.', '!', '?', '”', '"', '。']))
    };
    let rows = counts.into_iter().zip(words.sentences);
    // Headlines have commas: "Police search Lowell, Mass., home".
    let enough =
        |count: &ButtonCounts| count.phrases >= if count.commas { 4 } else { 2 } && count.covered * 4 >= count.words;
    rows.map(|(count, sentence)| enough(&count) && !stopped(sentence)).collect()
}

/// What of a sentence is phrases of menus and buttons.
#[derive(Clone, Copy, Default)]
struct ButtonCounts {
    phrases: usize,
    /// Words of these phrases.
    covered: usize,
    words: usize,
    /// Whether it has a comma.
    commas: bool,
}
