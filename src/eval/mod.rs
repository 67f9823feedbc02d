//! Evaluation: the program's answers on annotated documents compared with the annotations.
//!
//! Three tasks are scored separately. **Recognition**: which spans of the text are mentions of places. **Resolution, given the
//! mentions**: which places they are, over all gold mentions with coordinates, a missing answer counted as wrong. **End to end**: both
//! at once.
//!
//! ```
//! use toponym::{Document, Geoparser};
//! use toponym::eval::{Annotation, Demonyms, GoldDocument, Report, Scorer};
//! let aleppo = Annotation { start: 15, end: 21, lat: Some(36.2), lon: Some(37.16), ..Annotation::default() };
//! let (gold, _) = GoldDocument::new("mine", Document::new("1", "Shells fell on Aleppo."), vec![aleppo]);
//! let scorer = Scorer::new(Geoparser::embedded()?, Demonyms::from_gazetteer());
//! let report = Report::new(&[scorer.score(&gold)], None, 0);
//! assert_eq!(report.all.value("recognition.exact.f1"), Some(1.0));
//! assert_eq!(report.all.value("resolution.within_161_km"), Some(1.0));
//! # Ok::<(), toponym::Error>(())
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

pub use bootstrap::Interval;
pub use compare::{Change, Comparison};
pub use corpus::{CorpusError, read};
pub use demonyms::Demonyms;
pub use errors::commonest_errors;
pub use gold::{Annotation, GoldDocument, Toponym};
pub use gold_name::{GoldKind, GoldName};
pub use group_by::GroupBy;
pub use reliability::reliability;
pub use report::{Group, Measured, MentionRecord, Report};
pub use scorer::{Answer, DocumentScore, GoldMention, PredictedMention, Scorer};
pub use table::table;

#[cfg(feature = "train")]
pub(crate) use metrics::distance_km;
