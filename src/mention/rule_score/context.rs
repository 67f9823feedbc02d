//! A gazetteer match with what stands round it.

use crate::gazetteer::{NameKind, PlaceRef};
use crate::mention::dateline::{DatelineEnd, dateline_end};
use crate::mention::matcher::GazetteerMatch;
use crate::mention::people::NamePart;
use crate::mention::style::Style;
use crate::text::lexicon::Roles;
use crate::text::{Kind, Words};
use rustc_hash::FxHashMap;

/// Kilometres from the point of a division within which a town may lie in it although no gazetteer says so.
const CONTAINER_KM: f64 = 60.0;

/// Senses of the name behind a comma that may be the container of the one before it.
const MAX_CONTAINER_SENSES: usize = 8;

/// A gazetteer match with what stands round it.
pub struct MatchContext<'c, 'g> {
    pub(super) words: &'c Words<'c>,
    /// The style of its sentence.
    pub(super) style: Style,
    pub(super) people: &'c FxHashMap<String, NamePart>,
    pub(super) name: &'c GazetteerMatch<'g>,
    /// The roles of the name as a phrase.
    pub(super) roles: Roles,
    /// The match right before this one, with only a space or a hyphen between them.
    pub(super) before: Option<&'c GazetteerMatch<'g>>,
    /// The next match, wherever it stands.
    pub(super) after: Option<&'c GazetteerMatch<'g>>,
}

impl<'c, 'g> MatchContext<'c, 'g> {
    /// The context of `matches[at]`.
    pub fn new(
        words: &'c Words<'c>,
        styles: &[Style],
        people: &'c FxHashMap<String, NamePart>,
        matches: &'c [GazetteerMatch<'g>],
        at: usize,
    ) -> Self {
        let name = &matches[at];
        let style = styles.get(words.tokens[name.first].sentence).copied().unwrap_or(Style::Normal);
        let roles = words.language().roles(&name.name);
        let before = at.checked_sub(1).map(|before| &matches[before]);
        let before = before.filter(|before| words.previous(name.first) == Some(before.last));
        MatchContext { words, style, people, name, roles, before, after: matches.get(at + 1) }
    }

    /// Whether the name is one word.
    pub(super) fn is_single(&self) -> bool {
        self.name.first == self.name.last
    }

    /// Whether a phrase that speaks for a place stands before the name.
    pub(super) fn place_cue_before(&self) -> bool {
        self.words.phrase_before(self.name.first, Roles::PLACE_BEFORE).is_some()
    }

    /// Whether a comma stands right before the name, and which token that is.
    pub(super) fn comma_before(&self) -> Option<usize> {
        self.name.first.checked_sub(1).filter(|&at| self.words.tokens[at].kind == Kind::Comma)
    }

    /// Whether a place that contains one of `senses` stands behind a comma: "Reading, England".
    pub(super) fn container_follows(&self, senses: &[(PlaceRef<'_>, NameKind)]) -> bool {
        let (words, name) = (self.words, self.name);
        let holds = |whole: &PlaceRef<'_>, part: &PlaceRef<'_>| {
            whole.contains(part) || whole.class() == 'A' && !whole.is_country() && whole.km_from(part) < CONTAINER_KM
        };
        self.after.is_some_and(|after| {
            let mut wholes = after.senses.iter().take(MAX_CONTAINER_SENSES);
            after.first == name.last + 2
                && words.tokens[name.last + 1].kind == Kind::Comma
                && wholes.any(|(whole, _)| senses.iter().any(|(part, _)| holds(whole, part)))
        })
    }

    /// Whether the name stands as a dateline: "ALEPPO, Syria", "MANSFIELD - Police". A sentence all in capitals has none.
    pub(super) fn is_dateline(&self) -> bool {
        let end = dateline_end(self.words, self.name.first, self.name.last);
        matches!(end, Some(DatelineEnd::Comma | DatelineEnd::Dash)) && self.style != Style::Capitals
    }
}
