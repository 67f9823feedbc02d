//! Training: annotated texts -> the models that the program uses.

pub mod recogniser;
pub mod resolver;
