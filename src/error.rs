//! Why resources cannot be made.

use crate::gazetteer::GazetteerError;
use crate::mention::ModelError;

/// Why a geoparser's resources cannot be made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A gazetteer cannot be opened.
    #[error(transparent)]
    Gazetteer(#[from] GazetteerError),
    /// A recogniser's model cannot be opened.
    #[error(transparent)]
    Recogniser(#[from] ModelError),
    /// A resolver's model cannot be opened.
    #[error(
        "not a resolver's model, or one that was trained on other features; train it again with `toponym train resolver`"
    )]
    Resolver,
}
