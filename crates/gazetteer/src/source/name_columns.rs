//! Columns of further names: `alt_name`, `name:ar`, `old_name:fr`, `NAME_EN`, `Synonyms`.

use super::{Name, NameKind};

/// What names a column holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameColumn {
    kind: NameKind,
    /// ISO 639 code; empty where the header does not tell.
    language: String,
    /// Whether commas stand between names too, not only bars and semicolons.
    commas: bool,
}

/// The headers of one name, without what stands between their words.
const NAME: [&str; 24] = [
    "name",
    "altname",
    "namealt",
    "alternatename",
    "alternativename",
    "asciiname",
    "cityascii",
    "intname",
    "label",
    "localname",
    "locname",
    "longname",
    "nameascii",
    "namelocal",
    "namelong",
    "natname",
    "officialname",
    "othername",
    "regname",
    "shortname",
    "sortingname",
    "title",
    "varname",
    "variant",
];

/// The headers of lists of names.
const LISTS: [&str; 17] = [
    "aka",
    "alias",
    "aliases",
    "alsoknownas",
    "altlabel",
    "altlabels",
    "alternatenames",
    "alternates",
    "alternativenames",
    "altnames",
    "names",
    "othernames",
    "synonym",
    "synonyms",
    "toponyms",
    "variantnames",
    "variants",
];

/// The headers of names of other kinds than variants.
const KINDS: [(&str, NameKind); 12] = [
    ("abbr", NameKind::Abbreviation),
    ("abbrev", NameKind::Abbreviation),
    ("abbreviation", NameKind::Abbreviation),
    ("abbreviations", NameKind::Abbreviation),
    ("formername", NameKind::Historic),
    ("formernames", NameKind::Historic),
    ("historicname", NameKind::Historic),
    ("historicalname", NameKind::Historic),
    ("historicalnames", NameKind::Historic),
    ("oldname", NameKind::Historic),
    ("oldnames", NameKind::Historic),
    ("nickname", NameKind::Colloquial),
];

impl NameColumn {
    /// A column of a list of names of unknown languages.
    pub fn list() -> Self {
        NameColumn { kind: NameKind::Variant, language: String::new(), commas: true }
    }

    /// The names of a value. Each may end in its language: `Halab@ar-Latn`.
    pub fn names<'v>(&'v self, value: &'v str) -> impl Iterator<Item = Name> + 'v {
        let has = |separator| value.contains(separator);
        let commas = self.commas && !has('|') && !has(';');
        value.split(move |c| matches!(c, '|' | ';') || commas && c == ',').filter_map(|name| {
            let (text, language) = with_language(name.trim());
            // Codes and counts are no names.
            let is_name = text.chars().any(char::is_alphabetic);
            let kind = match self.kind {
                NameKind::Abbreviation => NameKind::from_abbreviation(text),
                kind => kind,
            };
            let language = if language.is_empty() { &self.language } else { language };
            is_name.then(|| Name { text: text.to_owned(), kind, language: language.to_owned() })
        })
    }
}

/// What names the column with this header holds; `None` if it holds none.
pub fn name_column(header: &str) -> Option<NameColumn> {
    let lower = header.trim().to_lowercase();
    let (base, language) = match lower.split_once([':', '@']) {
        Some((base, language)) => (base, language),
        // `NAME_EN`, but not `name_alt` or `name_length`.
        None => match lower.rsplit_once('_') {
            Some((base, language)) if language.len() == 2 => (base, language),
            _ => (lower.as_str(), ""),
        },
    };
    if !language.is_empty() && !is_language(language) {
        return None;
    }
    let key: String = base.chars().filter(|c| c.is_alphanumeric()).collect();
    let column = |kind, commas| Some(NameColumn { kind, language: language.to_owned(), commas });
    if let Some((_, kind)) = KINDS.iter().find(|(known, _)| *known == key) {
        return column(*kind, key.ends_with('s'));
    }
    if LISTS.contains(&key.as_str()) {
        return column(NameKind::Variant, true);
    }
    NAME.contains(&key.as_str()).then(|| column(NameKind::Variant, false))?
}

/// A name and the language that may stand behind it: `Abingdon@en`, empty where there is none.
fn with_language(name: &str) -> (&str, &str) {
    match name.rsplit_once('@') {
        Some((text, language)) if is_language(language) => (text.trim(), language),
        _ => (name, ""),
    }
}

/// Whether a text may be the code of a language: `ar`, `ang`, `zh-Hant`.
fn is_language(text: &str) -> bool {
    let mut parts = text.split(['-', '_']);
    let first = parts.next().unwrap_or("");
    matches!(first.len(), 2 | 3)
        && first.bytes().all(|b| b.is_ascii_lowercase())
        && parts.all(|part| (2..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()))
}

#[cfg(test)]
mod tests {
    use super::{NameColumn, name_column};
    use crate::NameKind;

    fn names(header: &str, value: &str) -> Vec<(String, NameKind, String)> {
        let column = name_column(header).unwrap_or_else(|| panic!("{header} holds names"));
        column.names(value).map(|name| (name.text, name.kind, name.language)).collect()
    }

    #[test]
    fn headers_tell_kind_and_language() {
        let one = |header: &str, value: &str| names(header, value).remove(0);
        assert_eq!(one("name:ar", "حلب"), ("حلب".into(), NameKind::Variant, "ar".into()));
        assert_eq!(one("NAME_FR", "Alep").2, "fr");
        assert_eq!(one("old_name:de", "Königsberg"), ("Königsberg".into(), NameKind::Historic, "de".into()));
        assert_eq!(one("Abbreviation", "NKL").1, NameKind::Abbreviation);
        assert_eq!(one("name:zh-Hant", "臺北").2, "zh-hant");
        for other in ["name:etymology:wikidata", "name_len", "name_count", "remarks", "name:prefix", "population"] {
            assert_eq!(name_column(other), None, "{other}");
        }
    }

    #[test]
    fn lists_are_cut_and_single_names_keep_their_commas() {
        let texts = |header: &str, value: &str| names(header, value).into_iter().map(|n| n.0).collect::<Vec<_>>();
        for header in ["alt_names", "aliases", "Synonyms", "alternate names", "variants"] {
            assert_eq!(texts(header, "Haleb, Alep"), ["Haleb", "Alep"], "{header}");
            assert_eq!(texts(header, "Haleb; Alep, Syria"), ["Haleb", "Alep, Syria"], "{header}");
        }
        assert_eq!(texts("alt_name", "Washington, D.C.;The District"), ["Washington, D.C.", "The District"]);
        assert_eq!(texts("name_id", "4711"), [""; 0], "a number is no name");
    }

    #[test]
    fn languages_stand_behind_names_in_linked_places() {
        let column = NameColumn::list();
        let names: Vec<_> =
            column.names("Abingdon@en;Abbendun@ang;me@example.org").map(|n| (n.text, n.language)).collect();
        let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        assert_eq!(names, [pair("Abingdon", "en"), pair("Abbendun", "ang"), pair("me@example.org", "")]);
    }
}
