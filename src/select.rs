//! Which of the places found are wanted.

use crate::geoparser::Parsed;
use crate::mention::Kind;

/// What is left out of the output; by default nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// Keep only these kinds of mentions; all when empty.
    pub kinds: Vec<Kind>,
    /// Leave out what does not say where something is: names that stand for people ("Washington says"), and the bare points
    /// of places that a relative place is told by ("northwest of Aleppo", which itself stays).
    pub literal: bool,
}

impl Selection {
    /// Leaves out what is not wanted.
    pub fn apply(&self, parsed: &mut Parsed<'_, '_>) {
        if !self.kinds.is_empty() {
            let wanted = |kind: &Kind| self.kinds.contains(kind);
            parsed.places.retain(|resolved| wanted(&resolved.mention.kind));
            parsed.unplaced.retain(|unplaced| unplaced.kind.as_ref().is_none_or(wanted));
            parsed.relations.retain(|relative| wanted(&relative.kind));
        }
        if self.literal {
            parsed.places.retain(|resolved| !resolved.mention.metonymic && !resolved.mention.modified);
        }
    }
}
