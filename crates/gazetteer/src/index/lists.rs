//! The short lists that records point into.

use crate::GazetteerError;
use std::collections::HashMap;

/// The short lists of the meta section.
pub struct Lists {
    pub id_sources: List,
    pub countries: List,
    pub features: List,
    pub sources: List,
    pub languages: List,
}

impl Lists {
    /// Empty lists, but for language 0, which stands for "not known".
    pub fn new() -> Self {
        let languages = List { list: vec![String::new()], known: HashMap::from([(String::new(), 0)]) };
        let empty = List::default;
        Lists { id_sources: empty(), countries: empty(), features: empty(), sources: empty(), languages }
    }
}

/// Distinct values in the order in which they were added.
#[derive(Default)]
pub struct List {
    pub list: Vec<String>,
    known: HashMap<String, u16>,
}

impl List {
    /// The number of a value, which is added if it is new.
    pub fn put(&mut self, value: &str) -> Result<u16, GazetteerError> {
        if let Some(&at) = self.known.get(value) {
            return Ok(at);
        }
        let at = u16::try_from(self.list.len()).map_err(|_| {
            GazetteerError::Unfit("the index has 65,536 features or lists of countries, and this is another")
        })?;
        self.list.push(value.to_owned());
        self.known.insert(value.to_owned(), at);
        Ok(at)
    }

    /// The number of a value in a list whose numbers go up to `most`.
    pub fn put_short(&mut self, value: &str, most: u8) -> Result<u8, GazetteerError> {
        let full = GazetteerError::Unfit("the index has 128 prefixes of ids or 256 sources, and this is another");
        if self.list.len() > usize::from(most) && !self.known.contains_key(value) {
            return Err(full);
        }
        u8::try_from(self.put(value)?).map_err(|_| full)
    }
}
