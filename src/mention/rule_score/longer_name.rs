//! Evidence that a name is a piece of a longer name, which the gazetteer lacks as a whole, from the words round it.

use super::context::MatchContext;
use crate::mention::style::Style;
use crate::text::Kind;
use crate::text::lexicon::Roles;
use toponym_languages::languages;

impl MatchContext<'_, '_> {
    /// The log-odds, at most 0, that the words round the name leave it of being whole.
    pub(super) fn longer_name_log_odds(&self) -> f64 {
        let (words, name) = (self.words, self.name);
        let mut log_odds = 0.0;
        if self.article_follows() {
            log_odds -= 3.5;
        }
        // "New Denver", "Tal Tamr".
        let head = words.previous(name.first).filter(|&at| words.has_capital(at) && self.style == Style::Normal);
        if head.is_some_and(|at| words.roles(at).any(Roles::NAME_HEAD)) {
            log_odds -= 4.0;
        }
        if self.article_before() {
            log_odds -= 4.0;
        }
        if self.hyphenated_name_follows() && self.style == Style::Normal {
            log_odds -= 3.0;
        }
        log_odds
    }

    /// Whether a hyphen ties an article to the name, which is not whole without it: "Maarat al-Numan".
    fn article_before(&self) -> bool {
        let (words, first) = (self.words, self.name.first);
        let tied = words.previous(first).filter(|&at| at + 2 == first && !words.has_capital(at));
        // "et al. Springfield" ends a reference.
        let hyphenated = tied.filter(|&at| words.tokens[at + 1].kind == Kind::Hyphen);
        hyphenated.is_some_and(|at| languages().is_article(words.folded(at)))
    }

    /// Whether an article and another name follow, so that this is the head of a longer name: "Ahrar al-Sham".
    fn article_follows(&self) -> bool {
        let (words, last) = (self.words, self.name.last);
        let article = words.next(last).filter(|&at| at == last + 1);
        let noun = |&at: &usize| words.next(at).is_some_and(|noun| noun == at + 2 && words.has_capital(noun));
        article.filter(noun).is_some_and(|at| languages().is_article(words.folded(at)))
    }

    /// Whether a hyphen ties a word with a capital to the name that is no name by itself: "Pont-Sondé", but not "Moscow-Kyiv".
    fn hyphenated_name_follows(&self) -> bool {
        let (words, last) = (self.words, self.name.last);
        let hyphenated = words.next(last).filter(|&at| at == last + 2 && words.has_capital(at));
        let tied = hyphenated.filter(|_| words.tokens[last + 1].kind == Kind::Hyphen);
        tied.is_some_and(|at| self.after.is_none_or(|after| after.first != at))
    }
}
