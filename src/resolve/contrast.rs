//! Two places of one name, of which a sentence qualifies one: "between Athens, where she was born, and Athens, Georgia".

use super::allowed::Allowed;
use super::statement::{Names, Statement};
use crate::mention::is_conjunction;

/// Words between a conjunction and the second name, at most: "or to Cartagena in Murcia".
const MOST_BETWEEN: usize = 1;

/// Mentions between the two, at most.
const NEAR: usize = 6;

/// Where a conjunction links a bare name with the same name that is limited, the former is another place.
pub fn set_apart(names: &Names<'_, '_>, statements: &mut [Statement]) {
    for second in 1..names.mentions.len() {
        if !names.is_repeated(second) || !is_behind_conjunction(names, second) {
            continue;
        }
        let first = (0..second).rev().take(NEAR).find(|&first| names.is_same(first, second));
        let Some(first) = first else { continue };
        let is_bare = |at: usize| statements[at].allowed == Allowed::ALL && statements[at].place_of.is_none();
        // The other way round is a dateline: "LOWELL, Mass. - The governor and Lowell's mayor met".
        if !is_bare(first) || is_bare(second) {
            continue;
        }
        let meant = statements[second].allowed;
        let others = meant.others(names.candidates(first).len());
        if !meant.is_empty() && !others.is_empty() {
            statements[first].allowed = others;
        }
    }
}

/// Whether a conjunction stands before a mention, right or with a word between.
fn is_behind_conjunction(names: &Names<'_, '_>, mention: usize) -> bool {
    let (words, first) = (names.words, names.mentions[mention].first);
    let mut before = (0..first).rev().take(MOST_BETWEEN + 1).take_while(|&at| words.tokens[at].is_word());
    before.any(|at| is_conjunction(words, at))
}
