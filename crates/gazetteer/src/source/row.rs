//! The form into which every source of places is read.

use std::fmt;

/// A place as a source gives it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PlaceRow {
    /// `source:id`, such as `geonames:170063`.
    pub id: String,
    /// The display name.
    pub name: String,
    /// The other names.
    pub names: Vec<Name>,
    /// GeoNames feature class and code, such as `P.PPLA`.
    pub feature: String,
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// ISO 3166-1 alpha-2 codes separated by `|`, the main one first; empty for the high seas.
    pub countries: String,
    /// GeoNames code of the first-level division, without the country; empty: unknown.
    pub admin1: String,
    /// GeoNames code of the second-level division, without the first; empty: unknown.
    pub admin2: String,
    /// Id of the place that it is a part of, where its division does not say enough.
    pub part_of: Option<String>,
    /// Number of inhabitants.
    pub population: Option<u64>,
    /// How widely the name is known, 1 (all the world) to 5 (locally).
    pub rank: Option<u8>,
    /// West, south, east and north of its extent in degrees; `None` where it is not known.
    pub bounds: Option<[f64; 4]>,
    /// How far the point may lie from a fair representative point of the place, in kilometres.
    pub exact_km: Option<f64>,
    /// Whom the coordinates are from, for credit.
    pub source: String,
}

/// A name of a place beside its display name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// The name, as it is written.
    pub text: String,
    /// What the name is to the place.
    pub kind: NameKind,
    /// ISO 639 code of its language; empty where it is not known.
    pub language: String,
}

impl Name {
    /// A name whose language is not known.
    pub fn new(text: impl Into<String>, kind: NameKind) -> Self {
        Name { text: text.into(), kind, language: String::new() }
    }
}

/// What a name is to the place that bears it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum NameKind {
    /// The display name, or one that is as good: the one that a language prefers.
    Primary,
    /// Another current form: a translation, a romanisation, a shorter or longer form.
    Variant,
    /// An abbreviation in capitals, matched only in capitals: `US`, `U.K.`, `NM`.
    Abbreviation,
    /// A word cut short, matched only with a capital and its full stop: `Calif.`, `Ky.`
    Shortening,
    /// No longer current: `Stalingrad`.
    Historic,
    /// A nickname: `Big Apple`.
    Colloquial,
    /// The adjective of a place or the people of it: `Syrian`, `Parisians`.
    Demonym,
}

impl NameKind {
    /// Whether the kind is matched only as it is written.
    #[inline]
    pub fn is_abbreviated(self) -> bool {
        matches!(self, NameKind::Abbreviation | NameKind::Shortening)
    }

    /// The kind of an abbreviation as it is written: `US`, `Calif.`. One that has small letters and no stop at its end,
    /// such as `SoMa` or `S. Korea`, is distinguished from other words by its letters and is a variant.
    pub fn from_abbreviation(written: &str) -> Self {
        match written.chars().any(char::is_lowercase) {
            false => NameKind::Abbreviation,
            true if written.ends_with('.') => NameKind::Shortening,
            true => NameKind::Variant,
        }
    }

    const ALL: [NameKind; 7] = [
        NameKind::Primary,
        NameKind::Variant,
        NameKind::Abbreviation,
        NameKind::Shortening,
        NameKind::Historic,
        NameKind::Colloquial,
        NameKind::Demonym,
    ];

    /// The kind with this number; an unknown number is a variant.
    pub fn from_number(number: u8) -> Self {
        Self::ALL.get(usize::from(number)).copied().unwrap_or(NameKind::Variant)
    }
}

impl fmt::Display for NameKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            NameKind::Primary => "name",
            NameKind::Variant => "variant",
            NameKind::Abbreviation => "abbreviation",
            NameKind::Shortening => "shortening",
            NameKind::Historic => "historic name",
            NameKind::Colloquial => "nickname",
            NameKind::Demonym => "demonym",
        })
    }
}

impl PlaceRow {
    /// The code of a first- or second-level division, such as `SY.09` or `US.TX.113`; `None` for other places.
    pub fn division_code(&self) -> Option<String> {
        let country = self.countries.split('|').next().unwrap_or("");
        match self.feature.as_str() {
            "A.ADM1" if !self.admin1.is_empty() => Some(format!("{country}.{}", self.admin1)),
            "A.ADM2" if !self.admin2.is_empty() => Some(format!("{country}.{}.{}", self.admin1, self.admin2)),
            _ => None,
        }
    }
}
