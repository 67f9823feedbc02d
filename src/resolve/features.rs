//! What the model sees of a candidate: numbers that do not tell which name or which place it is, so that nothing can be learned by
//! heart.

/// A candidate's features.
pub type Row = [f32; COUNT];

macro_rules! features {
    ($($(#[$doc:meta])* $name:ident $key:literal;)*) => {
        #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
        enum Order { $($name,)* Count }
        $($(#[$doc])* pub const $name: usize = Order::$name as usize;)*
        /// Number of features.
        pub const COUNT: usize = Order::Count as usize;
        /// Their names, in the order of a row. A model fits only the features that it was trained on: see [`super::contract`].
        pub const NAMES: [&str; COUNT] = [$($key,)*];
    };
}

features! {
    /// [`crate::gazetteer::PlaceRef::prominence`].
    PROMINENCE "prominence";
    /// Decimal logarithm of the population, -1 if unknown.
    PEOPLE "population";
    /// Logarithm of the number of its names.
    NAME_COUNT "name-count";
    /// How widely it is known, 1 to 5, as a person has ranked it; 6 if nobody has.
    RANK "rank";
    /// Number of candidates that are more prominent.
    ORDER "order";
    /// Prominence less that of the most prominent other candidate.
    LEAD "prominence-lead";
    /// Number of the name's [`KindOfName`].
    NAME_KIND "name-kind";
    /// Number of its [`crate::candidate::Form`].
    FORM "form";
    /// [`crate::candidate::Candidate::likeness`].
    LIKENESS "likeness";
    /// Logarithm of the number of candidates that bear the name.
    AMBIGUITY "ambiguity";
    /// Number of its [`PlaceClass`].
    CLASS "place-class";
    /// Whether it has a feature type that the words in or beside the name state: 1, -1 if not, 0 if they state none.
    FEATURE_TYPE "feature-type";
    /// Number of words in the name.
    WORDS "words";
    /// Number of other candidates within 50 km: the division of a seat, the seat of a division.
    TWINS "twins";
    /// How surely the following mention contains it: "Paris, Texas"; of a locality, how surely it is the stated container.
    CONTAINER_BEHIND "container-behind";
    /// How surely the preceding mention contains it: "Syria's Aleppo".
    CONTAINER_BEFORE "container-before";
    /// How surely it contains the preceding mention: Texas in "Paris, Texas".
    HOLDS_PRECEDING "holds-preceding";
    /// How much surer its container is than that of the best other candidate.
    CONTAINER_LEAD "container-lead";
    /// How surely the text puts it somewhere that contains no candidate of the name: "Moscow, Michigan".
    STATED_CONTAINER "stated-container";
    /// 1 where the reader's hint says, 0 elsewhere, -1 without a hint.
    HINTED "hinted";
    /// 1 in the country of the document's home, 0 elsewhere, -1 if that is not known.
    HOME_COUNTRY "home-country";
    /// 1 in the first-level division of the document's home, 0 elsewhere, -1 if that is not known.
    HOME_DIVISION "home-division";
    /// Logarithm of the kilometres to the document's home, -1 if that is not known.
    HOME_KM "home-km";
    /// How much nearer to the document's home than the nearest other candidate, in logarithms.
    HOME_LEAD "home-lead";
    /// Logarithm of the number of mentions.
    MENTIONS "mentions";
    /// Logarithm of the number of clusters before its own.
    POSITION "position";
    /// Whether the name is an ordinary word too.
    ORDINARY "ordinary";
    /// 1 if the name looks like an organisation's or a building's, 2 if like a street's.
    FACILITY "facility";
    /// Its share of the candidates' prominence.
    PRIOR_SHARE "prior-share";
    /// Number of candidates in its country.
    COMPATRIOTS "compatriots";
    /// Share of the document's likely places in its country.
    COUNTRY "country";
    /// That share less the largest of another candidate.
    COUNTRY_LEAD "country-lead";
    /// Logarithm of the weight of the document's other likely places.
    OTHERS "others";
    /// Share of the likely places in its first-level division.
    DIVISION "division";
    /// That share less the largest of another candidate.
    DIVISION_LEAD "division-lead";
    /// How likely another mention is a division or city that contains it.
    CONTAINER "container";
    /// Share of the likely places that it contains.
    CONTAINS "contains";
    /// Logarithm of the kilometres to the nearest likely place.
    NEAREST_KM "nearest-km";
    /// Logarithm of the kilometres to the second nearest likely place.
    SECOND_KM "second-km";
    /// Weight of the likely places nearby, the nearer the more.
    NEARNESS "nearness";
    /// That nearness less the largest of another candidate.
    NEARNESS_LEAD "nearness-lead";
    /// Share of the likely places of adjacent mentions in its country.
    ADJACENT_COUNTRY "adjacent-country";
    /// Share of the likely places of adjacent mentions in its first-level division.
    ADJACENT_DIVISION "adjacent-division";
    /// Logarithm of the kilometres to the nearest likely place of an adjacent mention.
    ADJACENT_KM "adjacent-km";
    /// How much nearer to those than the nearest other candidate, in logarithms.
    ADJACENT_LEAD "adjacent-lead";
    /// How likely the same name is this place elsewhere in the document.
    ELSEWHERE "elsewhere";
    /// Logarithm of the kilometres to the likely place of the document's first name, -1 if there is none.
    FIRST_KM "first-km";
    /// Log-odds of the probability of the choice; only for [`super::model::Model::confidences`], otherwise 0.
    PROBABILITY "probability";
}

macro_rules! numbered {
    ($(#[$doc:meta])* $type:ident $names:ident { $($variant:ident $key:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $type { $($variant,)* }
        /// The names of its values, in their order.
        pub const $names: [&str; [$($key),*].len()] = [$($key),*];
    };
}

numbered! {
    /// The values of [`CLASS`].
    PlaceClass PLACE_CLASSES {
        Country "country",
        Capital "capital",
        Division1 "division1",
        Division2 "division2",
        OtherDivision "other-division",
        Settlement "settlement",
        Quarter "quarter",
        Region "region",
        Water "water",
        Landform "landform",
        Site "site",
    }
}

numbered! {
    /// The values of [`NAME_KIND`], the place's own name first.
    KindOfName NAME_KINDS {
        Primary "primary",
        Short "short",
        Colloquial "colloquial",
        Variant "variant",
        Historic "historic",
    }
}

/// A distance as features have it: the natural logarithm of the kilometres and one.
pub fn log_km(km: f64) -> f32 {
    (1.0 + km).ln() as f32
}

/// A distance, as features have it, that is greater than any on the Earth: there is nothing to be near to.
pub const NOWHERE: f32 = 11.0;
