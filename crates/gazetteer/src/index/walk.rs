//! Walking along the names of an index.

use super::Index;
use super::format::Posting;
use std::cell::RefCell;
use thread_local::ThreadLocal;

/// First words that a thread remembers of an index, a power of two: texts share most of their words.
const REMEMBERED: usize = 8192;

/// Where walks along the names of an index are behind their first words; each thread has a table of its own, so that none waits.
pub type FirstWords = ThreadLocal<RefCell<Vec<FirstWord>>>;

/// Where a walk is behind its first word.
#[derive(Clone, Copy)]
pub struct FirstWord {
    /// The word's hash; 0 for an empty entry.
    hash: u64,
    /// The address of the node; `None` when no name begins so.
    node: Option<usize>,
    output: u64,
}

#[doc(hidden)]
impl Index {
    /// Starts a walk along names letter by letter, for finding the longest name in a text.
    #[inline]
    pub fn walk(&self) -> NameWalk<'_> {
        NameWalk { index: self, node: self.searched(|| self.names.as_fst().root()), output: 0 }
    }

    /// A walk along the names that begin with a word, behind that word; `None` when no name begins so. `hash` is the word's
    /// 64-bit hash.
    #[inline]
    pub fn walk_from(&self, word: &str, hash: u64) -> Option<NameWalk<'_>> {
        let remembered = self.first_words.get_or_default();
        let place = (hash >> 32) as usize % REMEMBERED;
        let known = remembered.borrow().get(place).copied().filter(|known| known.hash == hash && hash != 0);
        if let Some(FirstWord { node, output, .. }) = known {
            let node = node?;
            return Some(NameWalk { index: self, node: self.searched(|| self.names.as_fst().node(node)), output });
        }
        let walk = self.walk().going(word);
        let (node, output) = walk.map_or((None, 0), |walk| (walk.node.map(|node| node.addr()), walk.output));
        let mut remembered = remembered.borrow_mut();
        remembered.resize(REMEMBERED, FirstWord { hash: 0, node: None, output: 0 });
        remembered[place] = FirstWord { hash, node, output };
        walk
    }
}

/// A position in the names of an index, reached letter by letter.
#[derive(Clone, Copy)]
pub struct NameWalk<'i> {
    index: &'i Index,
    /// `None` where the names are damaged.
    node: Option<fst::raw::Node<'i>>,
    output: u64,
}

impl<'i> NameWalk<'i> {
    /// Goes on by the bytes of `letters`; `false` when no name goes on so, and the walk is over.
    #[inline]
    pub fn go(&mut self, letters: &str) -> bool {
        let index = self.index;
        index.searched(|| self.step_by(letters)).unwrap_or(false)
    }

    /// The walk once it has gone on by the bytes of `letters`; `None` when no name goes on so.
    #[inline]
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
    #[inline]
    pub fn postings(&self) -> &'i [Posting] {
        let end = self.node.filter(|node| node.is_final());
        end.map_or(&[], |node| self.index.postings_from(self.output.wrapping_add(node.final_output().value())))
    }
}
