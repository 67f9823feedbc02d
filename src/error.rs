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
    /// The bytes are not a resolver's model.
    #[error("not a resolver's model; train one with `toponym train resolver CORPUS... -o MODEL`")]
    Resolver,
    /// A resolver's model was trained on other features than this program has, or with other tables of the language pack.
    #[error(
        "the resolver was trained on other features (fingerprint {found:08x}, this program has {expected:08x}); train it anew with \
         `toponym train resolver CORPUS... -o MODEL`, as docs/TRAINING-RESOLVER.md describes"
    )]
    ResolverFeatures {
        /// The model's fingerprint.
        found: u32,
        /// The fingerprint of this program's features.
        expected: u32,
    },
}
