//! The words of a text: folded once, with their roles, for every later step.

use crate::hash::{KeyMap, hash, key};
use crate::language::Language;
use crate::lexicon::Roles;
use crate::{Case, Kind, Token, Tokens, fold_into};
use std::ops::Range;

/// The tokens of a text with their folded forms and roles.
pub struct Words<'t> {
    /// The text.
    pub text: &'t str,
    /// Its tokens.
    pub tokens: &'t [Token],
    /// The byte ranges of its sentences.
    pub sentences: &'t [Range<usize>],
    language: &'t Language,
    /// The folded forms of the distinct words of the text, concatenated.
    folded: String,
    distinct: Vec<Word>,
    /// The index in `distinct` of each token's word.
    which: Vec<u32>,
}

/// A distinct word of the text.
struct Word {
    folded: Range<usize>,
    hash: u32,
    /// Its key in the lexicon and in the gazetteer's walks.
    key: u64,
    roles: Roles,
    /// The [`Characters`] in its written form.
    form: u8,
    /// The first distinct word with the same folded form: "Aleppo" and "ALEPPO" share one.
    alike: u32,
}

/// Characters whose presence in a word is recorded, a bit each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Characters {
    /// A full stop.
    Stop = 1,
    /// An ASCII digit.
    Digit = 2,
    /// An upper-case letter that is not its first character.
    InnerCapital = 4,
}

/// The set of [`Characters`] in a word.
fn form(written: &str) -> u8 {
    // Most words.
    if written.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return 0;
    }
    let of = |holds: bool, characters: Characters| if holds { characters as u8 } else { 0 };
    of(written.contains('.'), Characters::Stop)
        | of(written.bytes().any(|byte| byte.is_ascii_digit()), Characters::Digit)
        | of(written.chars().skip(1).any(char::is_uppercase), Characters::InnerCapital)
}

impl<'t> Words<'t> {
    /// Folds the words of a text and looks up their roles in a language.
    pub fn new(text: &'t str, tokens: &'t Tokens, language: &'t Language) -> Self {
        let mut words = Words {
            text,
            tokens: &tokens.list,
            sentences: &tokens.sentences,
            language,
            folded: String::new(),
            distinct: Vec::new(),
            which: Vec::with_capacity(tokens.list.len()),
        };
        // Two words of one 64-bit hash do not come up in a document.
        let room = (tokens.list.len() / 2).min(4096);
        let mut known: KeyMap<u32> = KeyMap::default();
        let mut alike: KeyMap<u32> = KeyMap::default();
        words.distinct.reserve(room);
        words.folded.reserve(text.len() / 4);
        known.reserve(room);
        alike.reserve(room);
        for token in &tokens.list {
            let written = token.mark(text);
            let which = *known.entry(hash(written)).or_insert_with(|| words.add(written, token.is_word(), &mut alike));
            words.which.push(which);
        }
        words.look_up_roles();
        words
    }

    /// Looks up the roles anew in another language.
    pub fn set_language(&mut self, language: &'t Language) {
        if !std::ptr::eq(self.language, language) {
            self.language = language;
            self.look_up_roles();
        }
    }

    /// The language whose lexicon and rules the words are read by.
    pub fn language(&self) -> &'t Language {
        self.language
    }

    /// Looks up all words in one pass, because the lexicon is larger than the caches. Marks have no folded form.
    fn look_up_roles(&mut self) {
        let lexicon = self.language.lexicon();
        for word in self.distinct.iter_mut().filter(|word| !word.folded.is_empty()) {
            word.roles = lexicon.roles_of(word.key);
        }
    }

    fn add(&mut self, written: &str, is_word: bool, alike: &mut KeyMap<u32>) -> u32 {
        let start = self.folded.len();
        if is_word {
            fold_into(written, &mut self.folded);
        }
        let word = self.folded.get(start..).unwrap_or("");
        let hash = hash(if is_word { word } else { written });
        // Few words fold to several: "½" to "1 2".
        let key = if word.contains(' ') { key(word) } else { hash };
        let which = self.distinct.len() as u32;
        let alike = *alike.entry(hash).or_insert(which);
        let folded = start..self.folded.len();
        let (roles, form) = (Roles::default(), form(written));
        self.distinct.push(Word { folded, hash: (hash >> 32) as u32, key, roles, form, alike });
        which
    }

    fn word(&self, at: usize) -> Option<&Word> {
        self.distinct.get(*self.which.get(at)? as usize)
    }

    /// The folded form of a token; empty for marks and past either end.
    #[inline]
    pub fn folded(&self, at: usize) -> &str {
        self.word(at).and_then(|word| self.folded.get(word.folded.clone())).unwrap_or("")
    }

    /// The folded words of some tokens with single spaces between them; marks are left out.
    pub fn folded_phrase(&self, tokens: Range<usize>) -> String {
        let mut phrase = String::new();
        for word in tokens.map(|at| self.folded(at)).filter(|word| !word.is_empty()) {
            if !phrase.is_empty() {
                phrase.push(' ');
            }
            phrase.push_str(word);
        }
        phrase
    }

    /// The roles of the word at a token.
    #[inline]
    pub fn roles(&self, at: usize) -> Roles {
        self.word(at).map_or(Roles::default(), |word| word.roles)
    }

    /// A hash of the folded form, or of the mark.
    #[inline]
    pub fn hash(&self, at: usize) -> u32 {
        self.word(at).map_or(0, |word| word.hash)
    }

    /// Whether the written form of a token has these characters.
    #[inline]
    pub fn has(&self, at: usize, characters: Characters) -> bool {
        self.word(at).is_some_and(|word| word.form & characters as u8 != 0)
    }

    /// The number, below [`Words::distinct`], of a token's folded form: tokens with the same folded form share it.
    #[inline]
    pub fn which(&self, at: usize) -> usize {
        self.word(at).map_or(0, |word| word.alike as usize)
    }

    /// The number of distinct written forms.
    pub fn distinct(&self) -> usize {
        self.distinct.len()
    }

    /// The index of the next word after token `at` in its sentence, if nothing but white space, a hyphen or the stop of an abbreviation
    /// separates them.
    #[inline]
    pub fn next(&self, at: usize) -> Option<usize> {
        let next = at + 1;
        let between = |t: &Token| {
            matches!(t.kind, Kind::Hyphen | Kind::Stop)
                && t.start == self.tokens[at].end
                && !is_dash(t.slice(self.text))
        };
        let joined = self.tokens.get(next).is_some_and(between);
        self.neighbour(at, next + usize::from(joined))
    }

    /// The index of the previous word before token `at`, under the same condition.
    #[inline]
    pub fn previous(&self, at: usize) -> Option<usize> {
        let before = at.checked_sub(1)?;
        let mark = self.tokens.get(before)?;
        let hyphen = mark.kind == Kind::Hyphen && !is_dash(mark.slice(self.text));
        let joined = hyphen && mark.end == self.tokens[at].start || mark.kind == Kind::Stop;
        self.neighbour(at, before.checked_sub(usize::from(joined))?)
    }

    fn neighbour(&self, at: usize, other: usize) -> Option<usize> {
        let (here, there) = (self.tokens.get(at)?, self.tokens.get(other)?);
        (there.is_word() && there.sentence == here.sentence).then_some(other)
    }

    /// Whether a mark directly precedes the word at a token, without white space: "#Aleppo", "@RadioHoms".
    pub fn is_behind(&self, at: usize, mark: &str) -> bool {
        let before = at.checked_sub(1).and_then(|before| self.tokens.get(before));
        before.zip(self.tokens.get(at)).is_some_and(|(before, own)| {
            before.end == own.start && before.kind == Kind::Mark && before.slice(self.text) == mark
        })
    }

    /// Whether the word at a token begins with an upper-case letter.
    #[inline]
    pub fn has_capital(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|t| matches!(t.case, Case::Capitalised | Case::Upper))
    }

    /// The key of the word at a token in the lexicon and the gazetteer: a hash of its folded form.
    pub fn key(&self, at: usize) -> u64 {
        self.word(at).map_or(0, |word| word.key)
    }

    /// The keys of the words from token `at` up to the end of its sentence or the first mark other than a hyphen or full stop.
    fn keys_from(&self, at: usize) -> impl Iterator<Item = u64> {
        let sentence = self.tokens.get(at).map(|t| t.sentence);
        let run = self.tokens.iter().enumerate().skip(at).take_while(move |(_, t)| {
            Some(t.sentence) == sentence && (t.is_word() || matches!(t.kind, Kind::Hyphen | Kind::Stop))
        });
        run.filter(|(_, t)| t.is_word()).map(|(at, _)| self.key(at))
    }

    /// The length in words of the longest phrase with any of `roles` that begins at token `at`; 0 if none does.
    #[inline]
    pub fn phrase_at(&self, at: usize, roles: Roles) -> usize {
        if self.roles(at).begins(roles) { self.language.lexicon().longest(self.keys_from(at), roles) } else { 0 }
    }

    /// The first token of the longest phrase of at most five words with any of `roles` that ends directly before token `at`.
    #[inline]
    pub fn phrase_before(&self, at: usize, roles: Roles) -> Option<usize> {
        let last = self.previous(at).filter(|&last| self.roles(last).ends(roles))?;
        let (mut starts, mut count) = ([last; 5], 1);
        while let Some(before) = self.previous(starts[count - 1]).filter(|_| count < starts.len()) {
            starts[count] = before;
            count += 1;
        }
        let whole = |count: usize| {
            let words = starts[..count].iter().rev().map(|&at| self.key(at));
            self.roles(starts[count - 1]).begins(roles) && self.language.lexicon().longest(words, roles) == count
        };
        (1..=count).rev().find(|&count| whole(count)).map(|count| starts[count - 1])
    }
}

/// Whether a mark is a dash, which separates words where a hyphen joins them: "FALLS VILLAGE—The board".
pub fn is_dash(mark: &str) -> bool {
    matches!(mark, "—" | "―")
}
