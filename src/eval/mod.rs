//! How good the program is: its answers on annotated documents against what the annotators say.
//!
//! Three tasks are scored apart. **Recognition**: which stretches of text name places. **Resolution, given the
//! mentions**: which places they are, over all mentions whose coordinates the annotators give, a missing answer counted
//! as wrong. **End to end**: both at once.
//!
//! ```
//! use toponym::{Document, Geoparser};
//! use toponym::eval::{Annotation, Demonyms, GoldDocument, Judge, Report};
//! let aleppo = Annotation { start: 15, end: 21, lat: Some(36.2), lon: Some(37.16), ..Annotation::default() };
//! let (gold, _) = GoldDocument::new("mine", Document::new("1", "Shells fell on Aleppo."), vec![aleppo]);
//! let judge = Judge::new(Geoparser::embedded()?, Demonyms::of_gazetteer());
//! let report = Report::of(&[judge.judge(&gold)], None, 0);
//! assert_eq!(report.all.value("recognition.exact.f1"), Some(1.0));
//! assert_eq!(report.all.value("resolution.within_161_km"), Some(1.0));
//! # Ok::<(), toponym::Error>(())
//! ```

mod bootstrap;
mod compare;
mod corpus;
mod demonyms;
mod errors;
mod gold;
mod group_by;
mod judge;
mod matching;
mod metrics;
mod reliability;
mod report;
mod table;
mod tally;

pub use bootstrap::Interval;
pub use compare::{Change, Comparison};
pub use corpus::{CorpusError, read};
pub use demonyms::Demonyms;
pub use errors::worst;
pub use gold::{Annotation, GoldDocument, Toponym};
pub use group_by::GroupBy;
pub use judge::{Answer, Found, Judge, Outcome, Wanted};
pub use reliability::reliability;
pub use report::{Group, Measured, MentionRecord, Report};
pub use table::table;

#[cfg(feature = "train")]
pub(crate) use metrics::distance_km;
