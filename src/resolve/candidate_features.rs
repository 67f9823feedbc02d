//! The features of a candidate by itself, and its lead over the other candidates.

use super::context::Facts;
use super::feature_type;
use super::features::{self as f, KindOfName, PlaceClass, Row};
use super::home::Home;
use crate::candidate::Candidate;
use crate::gazetteer::{NameKind, PlaceRef};
use crate::text::language::FeatureTypes;

/// Writes into a row what can be said of a candidate by itself. `stated` are the feature types that the words beside and in the
/// name state.
pub fn describe_place(
    row: &mut Row,
    candidate: &Candidate<'_>,
    facts: &Facts<'_>,
    stated: FeatureTypes,
    home: &Home<'_>,
) {
    let place = &candidate.place;
    row[f::PROMINENCE] = (place.prominence() + candidate.at_home) as f32;
    row[f::PEOPLE] = place.population().map_or(-1.0, |people| (people as f32).log10());
    row[f::NAME_COUNT] = (1.0 + f32::from(place.name_count())).ln();
    row[f::RANK] = f32::from(place.rank().unwrap_or(6));
    row[f::NAME_KIND] = f32::from(kind_of_name(candidate.kind) as u8);
    row[f::FORM] = f32::from(candidate.form as u8);
    row[f::LIKENESS] = candidate.likeness;
    row[f::CLASS] = f32::from(place_class(place) as u8);
    row[f::FEATURE_TYPE] = feature_type::agreement(stated, feature_type::of_place(place));
    home.describe(place, facts, row);
}

fn kind_of_name(kind: NameKind) -> KindOfName {
    match kind {
        NameKind::Primary | NameKind::Demonym => KindOfName::Primary,
        NameKind::Abbreviation | NameKind::Shortening => KindOfName::Short,
        NameKind::Colloquial => KindOfName::Colloquial,
        NameKind::Variant => KindOfName::Variant,
        NameKind::Historic => KindOfName::Historic,
    }
}

fn place_class(place: &PlaceRef<'_>) -> PlaceClass {
    match place.class() {
        'A' if place.is_country() => PlaceClass::Country,
        'A' if place.is_division1() => PlaceClass::Division1,
        'A' if place.is_division2() => PlaceClass::Division2,
        'A' => PlaceClass::OtherDivision,
        'P' if place.is_capital() => PlaceClass::Capital,
        'P' if place.part_of().is_some() => PlaceClass::Quarter,
        'P' => PlaceClass::Settlement,
        'L' => PlaceClass::Region,
        'H' => PlaceClass::Water,
        'T' => PlaceClass::Landform,
        _ => PlaceClass::Site,
    }
}

/// Writes into `lead` by how much each row's value is better than the best of the others; `sign` is 1 where more is better, -1 where
/// less is.
pub fn leads(rows: &mut [Row], value: usize, lead: usize, sign: f32) {
    let (mut best, mut second) = (f32::MIN, f32::MIN);
    for row in rows.iter() {
        let value = sign * row[value];
        (best, second) = if value > best { (value, best) } else { (best, second.max(value)) };
    }
    for row in rows.iter_mut() {
        let own = sign * row[value];
        let other = if own >= best { second } else { best };
        row[lead] = if other == f32::MIN { 0.0 } else { own - other };
    }
}

#[cfg(test)]
mod tests {
    use super::{leads, place_class};
    use crate::resolve::features::{COUNT, LEAD, PLACE_CLASSES, PROMINENCE};

    #[test]
    fn places_have_classes() {
        let gazetteer = crate::embedded().expect("opens");
        for (name, class) in
            [("syria", "country"), ("damascus", "capital"), ("aleppo", "settlement"), ("texas", "division1")]
        {
            let places = gazetteer.named(name).map(|(place, _)| place);
            let best = places.max_by(|a, b| a.prominence().total_cmp(&b.prominence())).expect("is known");
            assert_eq!(PLACE_CLASSES[place_class(&best) as usize], class, "{name}");
        }
    }

    #[test]
    fn leads_are_over_the_best_of_the_others() {
        let mut rows = [[0.0; COUNT]; 3];
        for (row, prominence) in rows.iter_mut().zip([1.0, 5.0, 3.0]) {
            row[PROMINENCE] = prominence;
        }
        leads(&mut rows, PROMINENCE, LEAD, 1.0);
        assert_eq!(rows.map(|row| row[LEAD]), [-4.0, 2.0, -2.0]);
        leads(&mut rows, PROMINENCE, LEAD, -1.0);
        assert_eq!(rows.map(|row| row[LEAD]), [2.0, -4.0, -2.0]);
        leads(&mut rows[..1], PROMINENCE, LEAD, 1.0);
        assert_eq!(rows[0][LEAD], 0.0, "there is no other");
    }
}
