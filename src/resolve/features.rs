//! What the model sees of a candidate: numbers that say nothing of which name or place it is, so that nothing can be
//! learned by heart.

/// A candidate's features.
pub type Row = [f32; COUNT];

macro_rules! features {
    ($($(#[$doc:meta])* $name:ident $key:literal;)*) => {
        #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
        enum Order { $($name,)* Count }
        $($(#[$doc])* pub const $name: usize = Order::$name as usize;)*
        /// How many there are.
        pub const COUNT: usize = Order::Count as usize;
        /// Their names, in the order of a row. A model is only good for the features that it was trained on.
        pub const NAMES: [&str; COUNT] = [$($key,)*];
    };
}

features! {
    /// [`crate::PlaceRef::prominence`].
    PROMINENCE "prominence";
    /// Decimal logarithm of the inhabitants, -1 if unknown.
    PEOPLE "people";
    /// Logarithm of the number of its names.
    NAME_COUNT "name-count";
    /// How widely a person has said that it is known, 1 to 5; 6 if nobody has.
    RANK "rank";
    /// How many candidates are more prominent.
    ORDER "order";
    /// Prominence less that of the most prominent other candidate.
    LEAD "lead";
    /// What the name is to the place, the place's own name first.
    NAME_KIND "name-kind";
    /// [`crate::candidate::Form`].
    FORM "form";
    /// [`crate::candidate::Candidate::likeness`].
    LIKENESS "likeness";
    /// Logarithm of the number of candidates.
    AMBIGUITY "ambiguity";
    /// The sort of place.
    CLASS "class";
    /// Whether it is of the kind that the words beside the name say.
    LEVEL "level";
    /// Words of the name.
    WORDS "words";
    /// Other candidates within 50 km: the division of a seat, the seat of a division.
    TWINS "twins";
    /// How surely what stands behind the name contains it: "Paris, Texas"; of a locality, whether it is what is said to.
    BEHIND "container-behind";
    /// How surely what stands before the name contains it: "Syria's Aleppo".
    AHEAD "container-ahead";
    /// How surely it contains what stands beside it: Texas in "Paris, Texas".
    HOLDS "holds-beside";
    /// The best container beside another candidate.
    RIVAL_BESIDE "rival-beside";
    /// How surely the text puts it somewhere that contains no candidate of the name: "Moscow, Michigan".
    STATED_CONTAINER "astray";
    /// 1 in the publisher's country, 0 elsewhere, -1 if that is not known.
    HOME_COUNTRY "home-country";
    /// 1 in the publisher's first-level division, 0 elsewhere, -1 if that is not known.
    HOME_DIVISION "home-division";
    /// Logarithm of the kilometres to the publisher, -1 if that is not known.
    HOME_KM "home-km";
    /// How much nearer to the publisher than the nearest other candidate, in logarithms.
    HOME_LEAD "home-lead";
    /// Logarithm of the number of mentions.
    MENTIONS "mentions";
    /// Logarithm of how many names stand before its first mention.
    POSITION "position";
    /// Whether the name is an English word too.
    ORDINARY "ordinary";
    /// 1 if the mention looks like an organisation or a building, 2 like a street.
    FACILITY "facility";
    /// Its share of the candidates' prominence.
    PRIOR_SHARE "prior-share";
    /// How many candidates lie in its country.
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
    /// To the second nearest.
    SECOND_KM "second-km";
    /// How many likely places are near, and how near.
    NEARNESS "nearness";
    /// That nearness less the largest of another candidate.
    NEARNESS_LEAD "nearness-lead";
    /// Share of the places next to it in the text in its country.
    BY_COUNTRY "by-country";
    /// Share of the places next to it in the text in its first-level division.
    BY_DIVISION "by-division";
    /// Logarithm of the kilometres to the nearest of the places next to it in the text.
    BY_KM "by-km";
    /// How much nearer to those than the nearest other candidate, in logarithms.
    BY_LEAD "by-lead";
    /// How likely the same name is this place elsewhere in the document.
    ELSEWHERE "elsewhere";
    /// Logarithm of the kilometres to the likely place of the first name of the document, -1 if there is none.
    FIRST_KM "first-km";
    /// Logit of the probability of the choice; only for [`super::model::Model::confidences`], otherwise 0.
    PROBABILITY "probability";
}

/// A distance as features have it.
pub fn log_km(km: f64) -> f32 {
    (1.0 + km).ln() as f32
}

/// Farther than any distance on the Earth: where there is nothing to be near to.
pub const NOWHERE: f32 = 11.0;
