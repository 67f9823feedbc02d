//! Why a recogniser's model cannot be opened.

use super::model::{About, VERSION};

/// Why bytes are not a model that this program can use.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ModelError {
    /// They are something else, or damaged.
    #[error("not a recogniser's model ({0}); give a file that `toponym train recogniser` wrote")]
    NotAModel(&'static str),
    /// A model file in a format of another version of the program.
    #[error(
        "a model in format {found}, this program reads {VERSION}; \
         train it anew: `toponym train recogniser --out MODEL SOURCE...`"
    )]
    Version {
        /// The version of the format of the file.
        found: u32,
    },
    /// A model that was trained with other features, labels or words than this program has.
    #[error(
        "the model was trained with another program ({parts}); \
         train it anew: `toponym train recogniser --out MODEL{languages} SOURCE...`{sources}"
    )]
    Fingerprint {
        /// The parts that differ, with their checksums in the model and in the program.
        parts: String,
        /// The options that name the model's languages, with a space before each.
        languages: String,
        /// The sources that the model was trained on, in brackets; empty if it does not say.
        sources: String,
    },
}

impl ModelError {
    /// The error for a model with this description whose fingerprint differs in `parts`.
    pub(super) fn fingerprint(parts: String, about: &About) -> Self {
        let languages = about.languages.iter().map(|tag| format!(" --language {tag}")).collect();
        let sources = match about.corpora.join(", ") {
            none if none.is_empty() => none,
            sources => format!(" (its sources were {sources})"),
        };
        ModelError::Fingerprint { parts, languages, sources }
    }
}
