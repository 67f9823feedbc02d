//! OpenStreetMap's tags as GeoNames feature types.

use std::collections::HashMap;
use std::sync::LazyLock;

/// Key and value of a tag -> feature class and code.
static TAGS: LazyLock<HashMap<(&str, &str), &str>> = LazyLock::new(|| {
    let lines = include_str!("osm-tags.tsv").lines().skip(1);
    let tag = |line: &'static str| {
        let mut fields = line.split('\t');
        Some(((fields.next()?, fields.next()?), fields.next()?))
    };
    lines.filter_map(tag).collect()
});

/// Whether a column is of a key of tags that tells a type.
pub fn is_key(header: &str) -> bool {
    TAGS.keys().any(|(key, _)| *key == header)
}

/// GeoNames class and code of a place with these tags.
pub fn feature<'t>(tags: impl IntoIterator<Item = (&'t str, &'t str)>) -> Option<&'static str> {
    tags.into_iter().find_map(|tag| TAGS.get(&tag).copied())
}

#[cfg(test)]
mod tests {
    use super::{TAGS, feature, is_key};

    #[test]
    fn tags_tell_types() {
        assert_eq!(feature([("amenity", "bench"), ("place", "village")]), Some("P.PPL"));
        assert_eq!(feature([("waterway", "river")]), Some("H.STM"));
        assert_eq!(feature([("place", "")]), None);
        assert!(is_key("natural") && !is_key("name"));
        assert!(
            TAGS.len() > 60 && TAGS.values().all(|feature| feature.contains('.')),
            "a line is not a tag and a type"
        );
    }
}
