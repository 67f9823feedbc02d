//! Text as the matcher sees it: folded, cut into tokens and sentences.
//!
//! This crate reads no data and depends on no other of the project, because the build scripts of the data depend on it: the
//! embedded gazetteer's names and a document's words are folded by the same code.

#![deny(missing_docs)]

mod apostrophe;
pub mod encoding;
mod fold;
mod hash;
pub mod language;
pub mod lexicon;
mod line_hyphen;
mod offsets;
mod roles;
mod row;
mod sounds;
mod span;
pub mod table;
mod token;
mod words;

pub use fold::{fold, fold_into, is_unspaced};
pub use hash::{hash, key};
pub use offsets::ByteOffsets;
pub use sounds::skeleton_of;
pub use sounds::{skeleton, sounds};
pub use span::Span;
pub use token::{Case, Kind, Token, Tokens, case_of, tokenise};
pub use words::{Characters, Words, is_dash};
