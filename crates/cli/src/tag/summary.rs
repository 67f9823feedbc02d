//! The line that a run ends with on a terminal.

use crate::messages::counted;
use std::collections::HashSet;
use std::path::Path;
use std::time::Duration;
use toponym::Annotations;

/// What was found in documents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    documents: u64,
    places: u64,
    unplaced: u64,
}

impl Summary {
    /// What was found in one document: places, each once however often it is mentioned, and names without a place.
    pub fn of_document(annotations: &Annotations) -> Self {
        let mut places = HashSet::new();
        for mention in &annotations.mentions {
            let relative = || mention.relative.as_ref().map(|relative| relative.name.clone());
            places.extend(mention.place.as_ref().map(toponym::Place::id).or_else(relative));
        }
        let unplaced = annotations.mentions.iter().filter(|mention| mention.reason.is_some()).count();
        Summary { documents: 1, places: places.len() as u64, unplaced: unplaced as u64 }
    }

    /// Adds what was found in other documents.
    pub fn add(&mut self, other: Summary) {
        self.documents += other.documents;
        self.places += other.places;
        self.unplaced += other.unplaced;
    }

    /// The line: `31 places in 8 documents -> map.geojson, 0.3 s; 4 names without a position: --explain`.
    pub fn line(&self, output: Option<&Path>, time: Duration, failures: u64, explained: bool) -> String {
        let found = format!("{} in {}", counted(self.places, "place"), counted(self.documents, "document"));
        let written = output.map_or(String::new(), |path| format!(" -> {}", path.display()));
        let mut line = format!("{found}{written}, {:.1} s", time.as_secs_f64());
        if self.unplaced > 0 {
            line += &format!("; {} without a position", counted(self.unplaced, "name"));
            line += if explained { "" } else { ": --explain" };
        }
        if failures > 0 {
            line += &format!("; {} failed", counted(failures, "document"));
        }
        line
    }
}

#[cfg(test)]
mod tests {
    use super::Summary;
    use std::path::Path;
    use std::time::Duration;

    #[test]
    fn what_was_found_is_told_in_one_line() {
        let mut summary = Summary::default();
        let time = Duration::from_millis(340);
        assert_eq!(summary.line(None, time, 0, false), "0 places in 0 documents, 0.3 s");
        summary.add(Summary { documents: 1, places: 1, unplaced: 1 });
        let line = summary.line(Some(Path::new("map.kml")), time, 1, false);
        assert_eq!(
            line,
            "1 place in 1 document -> map.kml, 0.3 s; 1 name without a position: --explain; 1 document failed"
        );
        summary.add(Summary { documents: 7, places: 30, unplaced: 3 });
        assert_eq!(summary.line(None, time, 0, true), "31 places in 8 documents, 0.3 s; 4 names without a position");
    }
}
