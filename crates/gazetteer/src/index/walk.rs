//! Walking along the names of an index.

use super::Index;
use super::format::Posting;
use std::cell::RefCell;

/// First words that a thread remembers, a power of two: texts share most of their words.
const REMEMBERED: usize = 8192;

/// Where a walk along the names of an index is behind their first word.
#[derive(Clone, Copy)]
struct FirstWord {
    /// What tells the word and the index.
    key: u64,
    /// Where the node lies; `None` when no name begins so.
    node: Option<usize>,
    output: u64,
}

thread_local! {
    /// Each in the place that its key gives it.
    static FIRST_WORDS: RefCell<Vec<FirstWord>> = const { RefCell::new(Vec::new()) };
}

#[doc(hidden)]
impl Index {
    /// Starts a walk along names letter by letter, for finding the longest name in a text.
    pub fn walk(&self) -> NameWalk<'_> {
        NameWalk { index: self, node: self.searched(|| self.names.as_fst().root()), output: 0 }
    }

    /// Where a walk along names that begin with this word is behind it; `None` when none does. `hash` is the word's, of 64 bits.
    pub fn walk_from(&self, word: &str, hash: u64) -> Option<NameWalk<'_>> {
        let key = hash ^ self.number;
        let place = (key >> 32) as usize % REMEMBERED;
        let known = FIRST_WORDS.with_borrow(|known| known.get(place).copied().filter(|known| known.key == key));
        if let Some(FirstWord { node, output, .. }) = known.filter(|_| key != 0) {
            let node = node?;
            return Some(NameWalk { index: self, node: self.searched(|| self.names.as_fst().node(node)), output });
        }
        let walk = self.walk().going(word);
        let (node, output) = walk.map_or((None, 0), |walk| (walk.node.map(|node| node.addr()), walk.output));
        FIRST_WORDS.with_borrow_mut(|known| {
            known.resize(REMEMBERED, FirstWord { key: 0, node: None, output: 0 });
            known[place] = FirstWord { key, node, output };
        });
        walk
    }
}

/// A position in the names of an index, reached letter by letter.
#[derive(Clone, Copy)]
pub struct NameWalk<'i> {
    index: &'i Index,
    /// None where the names are damaged.
    node: Option<fst::raw::Node<'i>>,
    output: u64,
}

impl<'i> NameWalk<'i> {
    /// Goes on by the bytes of `letters`; `false` when no name goes on so, and the walk is over.
    pub fn go(&mut self, letters: &str) -> bool {
        let index = self.index;
        index.searched(|| self.step_by(letters)).unwrap_or(false)
    }

    /// The walk once it has gone on by the bytes of `letters`; `None` when no name goes on so.
    pub fn going(mut self, letters: &str) -> Option<Self> {
        self.go(letters).then_some(self)
    }

    fn step_by(&mut self, letters: &str) -> bool {
        let fst = self.index.names.as_fst();
        let Some(mut node) = self.node else { return false };
        for byte in letters.bytes() {
            let Some(at) = node.find_input(byte) else { return false };
            let step = node.transition(at);
            self.output = self.output.wrapping_add(step.out.value());
            node = fst.node(step.addr);
        }
        self.node = Some(node);
        true
    }

    /// The places that bear the name walked so far; empty if it is no whole name.
    pub fn postings(&self) -> &'i [Posting] {
        let end = self.node.filter(|node| node.is_final());
        end.map_or(&[], |node| self.index.postings_from(self.output.wrapping_add(node.final_output().value())))
    }
}
