//! Text as the matcher sees it: folded, cut into tokens and sentences.
//!
//! The build scripts of the data crates use this crate too: the names of the embedded gazetteer and the words of a document must
//! be folded by the same code.

#![deny(missing_docs)]

mod fold;
mod hash;
pub mod lexicon;
mod offsets;
mod roles;
mod sounds;
mod span;
pub mod table;
mod token;

pub use fold::{fold, fold_into};
pub use hash::hash;
pub use hash::key;
pub use offsets::{ByteOffsets, CharOffsets};
pub use sounds::skeleton_of;
pub use sounds::{skeleton, sounds};
pub use span::Span;
pub use token::{Case, Kind, Token, Tokens, case_of, tokenise};
