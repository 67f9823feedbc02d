//! The words in and around coordinates: "36 degrees 14 minutes north".

use super::PackFiles;
use crate::table::TableError;

/// The words of a language in and around coordinates, in small letters, the longest of each role first.
#[derive(Clone, Debug, Default)]
pub struct CoordinateWords {
    /// "degrees".
    pub degrees: Vec<String>,
    /// "minutes".
    pub minutes: Vec<String>,
    /// "seconds".
    pub seconds: Vec<String>,
    /// "latitude".
    pub latitude: Vec<String>,
    /// "longitude".
    pub longitude: Vec<String>,
    /// Hemispheres: "north", "south", "east" and "west".
    pub hemispheres: [Vec<String>; 4],
    /// Words between latitude and longitude.
    pub joins: Vec<String>,
    /// Words before two bare decimals that say that they are coordinates.
    pub positions: Vec<String>,
    /// Words behind two bare decimals that say that they are none.
    pub not_behind: Vec<String>,
}

impl CoordinateWords {
    /// The words of a pack; none if it lacks the table.
    ///
    /// # Errors
    /// At the first line whose role is unknown or whose word is not in small letters.
    pub fn read(files: &PackFiles) -> Result<Self, TableError> {
        let mut words = CoordinateWords::default();
        files.each_line("coordinates.tsv", &["role", "word"], |line| {
            let (role, word) = (line.get("role"), line.get("word"));
            if word.is_empty() || word.to_lowercase() != word {
                return Err(line.error(format!("{word:?} is not a word in small letters")));
            }
            let [north, south, east, west] = &mut words.hemispheres;
            let list = match role {
                "degree" => &mut words.degrees,
                "minute" => &mut words.minutes,
                "second" => &mut words.seconds,
                "latitude" => &mut words.latitude,
                "longitude" => &mut words.longitude,
                "north" => north,
                "south" => south,
                "east" => east,
                "west" => west,
                "join" => &mut words.joins,
                "position" => &mut words.positions,
                "not-behind" => &mut words.not_behind,
                _ => return Err(line.error(format!("{role:?} is not a role"))),
            };
            list.push(word.to_owned());
            list.sort_by_key(|word| std::cmp::Reverse(word.len()));
            Ok(())
        })?;
        Ok(words)
    }
}
