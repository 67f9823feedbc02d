//! Which of the places found are wanted.

use crate::geoparser::Parsed;

/// What is left out of the output; by default nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// Leave out what does not say where something is: names that stand for people ("Washington says"), and the bare points
    /// of places that a relative place is told by ("northwest of Aleppo", which itself stays).
    pub literal: bool,
}

impl Selection {
    /// Leaves out what is not wanted.
    pub fn apply(&self, parsed: &mut Parsed<'_, '_>) {
        if self.literal {
            parsed.places.retain(|resolved| !resolved.mention.metonymic && !resolved.mention.modified);
        }
    }
}
