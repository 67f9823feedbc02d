//! Which candidates of a name the text allows.

use crate::candidate::Candidate;

/// A set of the candidates of a name, a bit each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Allowed(u128);

impl Allowed {
    /// Candidates of a name that a set can hold.
    const MOST: usize = u128::BITS as usize;

    /// Every candidate.
    pub const ALL: Allowed = Allowed(u128::MAX);

    /// No candidate.
    pub const NONE: Allowed = Allowed(0);

    /// Those for which this holds.
    pub fn those<'g>(candidates: &[Candidate<'g>], mut holds: impl FnMut(&Candidate<'g>) -> bool) -> Self {
        let bits = candidates.iter().take(Self::MOST).enumerate().filter(|(_, candidate)| holds(candidate));
        Allowed(bits.fold(0, |bits, (at, _)| bits | 1 << at))
    }

    /// Whether the candidate with this index is one of them.
    pub fn has(self, candidate: usize) -> bool {
        candidate < Self::MOST && self.0 >> candidate & 1 == 1
    }

    /// The items of a list, one a candidate, whose candidates are among these.
    pub fn pick<T: Copy>(self, items: &[T]) -> Vec<T> {
        items.iter().enumerate().filter(|(at, _)| self.has(*at)).map(|(_, item)| *item).collect()
    }

    /// The others of so many candidates.
    pub fn others(self, candidates: usize) -> Self {
        let all = if candidates < Self::MOST { (1 << candidates) - 1 } else { u128::MAX };
        Allowed(!self.0 & all)
    }

    /// Whether there is none.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Those that are among others, too.
    pub fn and(self, other: Allowed) -> Self {
        Allowed(self.0 & other.0)
    }

    /// Those of them that are among others, or all of them if none is.
    pub fn or_fewer(self, others: Allowed) -> Self {
        let fewer = self.and(others);
        if fewer.is_empty() { self } else { fewer }
    }
}
