//! Walking through the names of an index letter by letter.

use super::Index;
use super::format::Posting;
use std::cell::RefCell;
use thread_local::ThreadLocal;

/// First words of names that a thread remembers of an index, a power of two: texts share most of their words.
const REMEMBERED: usize = 8192;

/// The positions of walks behind their first words. Each thread has a table of its own, so that none waits.
pub type FirstWords = ThreadLocal<RefCell<Vec<FirstWord>>>;

/// The position of a walk behind its first word.
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
    /// Starts a walk at the beginning of all names, for finding the longest name in a text.
    #[inline]
    pub fn walk(&self) -> NameWalk<'_> {
        NameWalk { index: self, node: self.searched(|| self.names.as_fst().root()), output: 0 }
    }

    /// A walk that stands behind a word with which names begin; `None` when no name begins with it. `hash` is the
    /// word's 64-bit hash.
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

/// A position in the names of an index: the letters walked so far.
#[derive(Clone, Copy)]
pub struct NameWalk<'i> {
    index: &'i Index,
    /// `None` where the names are damaged.
    node: Option<fst::raw::Node<'i>>,
    output: u64,
}

impl<'i> NameWalk<'i> {
    /// Walks on along `letters`. Returns `false` when no name goes on with them; the walk is then over.
    #[inline]
    pub fn go(&mut self, letters: &str) -> bool {
        let index = self.index;
        index.searched(|| self.step_by(letters)).unwrap_or(false)
    }

    /// The walk after `letters`; `None` when no name goes on with them.
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

    /// The places that bear the name walked so far; empty if the letters are no whole name.
    #[inline]
    pub fn postings(&self) -> &'i [Posting] {
        let end = self.node.filter(|node| node.is_final());
        end.map_or(&[], |node| self.index.postings_from(self.output.wrapping_add(node.final_output().value())))
    }
}
