//! Learning from annotated documents.

pub mod resolver;
