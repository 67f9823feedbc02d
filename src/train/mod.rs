//! Training: annotated texts -> the models that the program uses.

mod held_out;
pub mod recogniser;
pub mod resolver;

pub use held_out::{TestFolder, refuse_test_folder};
