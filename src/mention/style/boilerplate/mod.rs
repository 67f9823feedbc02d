//! The boilerplate of a saved web page: its menus, its lists of links, its credits.
//!
//! It shows by its form: runs of short entries before the first paragraph or behind the last, lines with a label, lists
//! under a heading. Words (`data/languages/en/boilerplate.tsv`) only confirm it. Where a text has no paragraph, as a post, a poem or
//! a table, only rows of buttons are boilerplate.

mod line;
mod lists;
mod menus;
mod table;

use crate::text::Words;
use crate::text::lexicon::Roles;
use line::Stretch;
use std::ops::Range;

/// A line that is not empty.
struct Line<'w, 't> {
    stretch: Stretch<'w, 't>,
    bytes: Range<usize>,
    /// Whether an empty line stands before it.
    apart: bool,
}

/// For each sentence, whether it is boilerplate.
pub fn sentences(words: &Words) -> Vec<bool> {
    let mut boilerplate = buttons(words);
    let lines = lines(words);
    let mut marked: Vec<bool> = lines.iter().map(|line| is_by_itself(&line.stretch)).collect();
    let prose: Vec<bool> = lines.iter().zip(&marked).map(|(line, marked)| !marked && line.stretch.is_prose()).collect();
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
        let stretch = Stretch::of(words, first..tokens);
        *boilerplate |= marked.get(from..to).is_some_and(|lines| !lines.is_empty() && !lines.contains(&false))
            || stretch.is_credit()
            || stretch.is_call();
    }
    boilerplate
}

/// Whether a line is boilerplate wherever it stands.
fn is_by_itself(line: &Stretch) -> bool {
    line.is_labelled() || line.is_pointer() || line.is_copyright() || line.is_credit() || line.is_call()
}

fn lines<'w, 't>(words: &'w Words<'t>) -> Vec<Line<'w, 't>> {
    let (mut lines, mut start, mut token, mut apart) = (Vec::new(), 0, 0, true);
    for line in words.text.split_inclusive('\n') {
        let bytes = start..start + line.len();
        start = bytes.end;
        let first = token;
        token += words.tokens[first..].iter().take_while(|token| token.start < bytes.end).count();
        if first == token {
            apart = true;
        } else {
            lines.push(Line { stretch: Stretch::of(words, first..token), bytes, apart });
            apart = false;
        }
    }
    lines
}

/// For each sentence, whether it is a row of buttons: no stop at its end, and two phrases or more of a fourth of its words that
/// stand in menus.
fn buttons(words: &Words) -> Vec<bool> {
    let mut seen = vec![(0, 0, 0); words.sentences.len()];
    let mut at = 0;
    while let Some(token) = words.tokens.get(at) {
        let (phrases, covered, all) = &mut seen[token.sentence];
        // Only from words: to look on from each mark of a long row of hyphens would take the square of its length.
        let phrase = if token.is_word() { words.phrase_at(at, Roles::BOILERPLATE) } else { 0 };
        let count = phrase.max(usize::from(token.is_word()));
        *all += count;
        if phrase > 0 {
            *phrases += 1;
            *covered += count;
        }
        at += count.max(1);
    }
    let stopped = |sentence: &std::ops::Range<usize>| {
        words.text.get(sentence.clone()).is_some_and(|s| s.ends_with(['.', '!', '?', '”', '"', '。']))
    };
    let judged = seen.into_iter().zip(words.sentences);
    judged.map(|((phrases, covered, all), sentence)| phrases >= 2 && covered * 4 >= all && !stopped(sentence)).collect()
}
