//! Which of the mentions found the user wants.

use super::{Kind, Mention};

/// Which of the mentions found are kept.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Keep {
    /// Mentions that are less probable than this are dropped; `None` leaves it to the recogniser.
    pub min_confidence: Option<f64>,
    /// Only these kinds; all when empty.
    pub kinds: Vec<Kind>,
}

impl Keep {
    /// Whether a mention is wanted. `threshold` is the recogniser's own.
    pub fn keeps(&self, mention: &Mention<'_>, threshold: f64) -> bool {
        let kind = self.kinds.is_empty() || self.kinds.contains(&mention.kind);
        kind && mention.probability >= self.min_confidence.unwrap_or(threshold)
    }
}
