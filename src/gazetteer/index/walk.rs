//! Walking along the names of an index.

use super::Index;
use super::format::Posting;

impl Index {
    /// Starts a walk along names letter by letter, for finding the longest name in a text.
    pub fn walk(&self) -> NameWalk<'_> {
        NameWalk { index: self, node: self.searched(|| self.names.as_fst().root()), output: 0 }
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
