//! Evaluation: the program's answers on annotated documents compared with the annotations.
//!
//! Three tasks are scored separately. **Recognition**: which spans of the text are mentions of places. **Resolution, given the
//! mentions**: which places they are, over all gold mentions with coordinates, a missing answer counted as wrong. **End to end**: both
//! at once.
//!
//! ```
//! use toponym::Document;
//! use toponym::eval::{Annotation, Demonyms, GoldDocument, Scorer, Scores, Select, Tally};
//! let gazetteer = toponym::embedded()?;
//! let aleppo = Annotation { start: 15, end: 21, lat: Some(36.2), lon: Some(37.16), ..Annotation::default() };
//! let (gold, _) = GoldDocument::new("mine", Document::new("1", "Shells fell on Aleppo."), vec![aleppo]);
//! let scorer = Scorer::new(&gazetteer, Demonyms::from_gazetteer());
//! let scores = Scores::from_tally(&Tally::new(&scorer.score(&gold), &Select::All));
//! assert_eq!(scores.get("recognition.exact.f1"), Some(1.0));
//! assert_eq!(scores.get("resolution.within_161_km"), Some(1.0));
//! # Ok::<(), toponym::gazetteer::GazetteerError>(())
//! ```

mod bootstrap;
mod compare;
pub(crate) mod corpus;
mod demonyms;
mod errors;
mod gold;
mod gold_name;
mod group_by;
mod matching;
mod metrics;
mod reliability;
mod report;
mod scorer;
mod table;
mod tally;

pub use bootstrap::{Interval, intervals};
pub use compare::{Change, Comparison};
pub use corpus::{CorpusError, read};
pub use demonyms::Demonyms;
pub use errors::commonest_errors;
pub use gold::{Annotation, GoldDocument, Toponym};
pub use gold_name::{GoldKind, GoldName};
pub use group_by::GroupBy;
pub use matching::{exact, overlapping};
pub use metrics::{METRICS, MISSING_KM, Scores, auc, distance_km, mean, median};
pub use reliability::reliability;
pub use report::{Group, Measured, MentionRecord, Report};
pub use scorer::{Answer, DocumentScore, GoldMention, PredictedMention, Scorer};
pub use table::table;
pub use tally::{Counts, Select, SpanCounts, Tally};
