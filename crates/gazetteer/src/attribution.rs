//! Whose data a gazetteer holds.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

/// A source of places and its licence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Credit {
    /// The source, such as `GeoNames (geonames.org)`.
    pub name: String,
    /// Its licence or terms, such as `CC BY 4.0`.
    pub licence: String,
}

/// The sources that a gazetteer rests on, each once. A map that shows its places must name them. Cloning shares the
/// list.
///
/// As text it is one line: `GeoNames (geonames.org), CC BY 4.0; Ordnance Survey, OGL v3`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attribution(Arc<[Credit]>);

impl FromIterator<Credit> for Attribution {
    fn from_iter<T: IntoIterator<Item = Credit>>(credits: T) -> Self {
        let mut distinct: Vec<Credit> = Vec::new();
        for credit in credits {
            if !distinct.contains(&credit) {
                distinct.push(credit);
            }
        }
        Attribution(distinct.into())
    }
}

impl Deref for Attribution {
    type Target = [Credit];

    fn deref(&self) -> &[Credit] {
        &self.0
    }
}

impl fmt::Display for Attribution {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, credit) in self.iter().enumerate() {
            let separator = if at == 0 { "" } else { "; " };
            write!(f, "{separator}{}, {}", credit.name, credit.licence)?;
        }
        Ok(())
    }
}

impl Serialize for Attribution {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Attribution {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Vec::<Credit>::deserialize(deserializer)?.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::{Attribution, Credit};

    #[test]
    fn each_source_is_named_once() {
        let credit = |name: &str| Credit { name: name.to_owned(), licence: "CC0".to_owned() };
        let attribution: Attribution = ["b", "a", "b"].map(credit).into_iter().collect();
        assert_eq!(attribution.to_string(), "b, CC0; a, CC0");
        let json = serde_json::to_string(&attribution).expect("JSON");
        assert_eq!(serde_json::from_str::<Attribution>(&json).expect("read back"), attribution);
    }
}
