//! Text as the matcher sees it: folded, cut into tokens and sentences.
//!
//! This module depends on nothing else in the crate, because the build script compiles it too: the embedded
//! gazetteer's names and a document's words must be folded by the same code.

#![deny(missing_docs)]

mod fold;
mod hash;
pub mod lexicon;
mod offsets;
mod roles;
mod sounds;
pub mod table;
mod token;

pub use fold::{fold, fold_into};
pub use hash::hash;
pub use hash::key;
pub use offsets::{ByteOffsets, CharOffsets};
pub use sounds::skeleton_of;
pub use sounds::{skeleton, sounds};
pub use token::{Case, Kind, Token, Tokens, case_of, tokenise};
