//! What is told of a source beside its bad rows: values that are left out, headers that are not understood.

use std::path::Path;

/// What can be wrong with a value of a row that is kept without it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    Population,
    Country,
    Feature,
    Id,
}

impl Flaw {
    /// What the rows with the flaw have.
    fn told(self) -> &'static str {
        match self {
            Flaw::Population => "a population that is no number, which is left out",
            Flaw::Country => "a country that is no ISO 3166-1 alpha-2 code such as SD, which is left out",
            Flaw::Feature => "a type that is no GeoNames class and code such as P.PPL, which is left out",
            Flaw::Id => "the id of an earlier row, to whose place only names are added",
        }
    }
}

/// The flaws of a source, counted.
#[derive(Debug, Default)]
pub struct Remarks {
    flaws: Vec<(Flaw, u64, u64, String)>,
    unknown: Vec<String>,
    others: Vec<String>,
}

/// Headers that are named, at most.
const MOST_HEADERS: usize = 30;

impl Remarks {
    /// Counts a flaw of a row; `value` is what is wrong.
    pub fn flaw(&mut self, flaw: Flaw, line: u64, value: &str) {
        match self.flaws.iter_mut().find(|(known, ..)| *known == flaw) {
            Some((_, count, ..)) => *count += 1,
            None => self.flaws.push((flaw, 1, line, value.to_owned())),
        }
    }

    /// Keeps headers that are not understood, each once.
    pub fn unknown(&mut self, headers: &[String]) {
        for header in headers.iter().filter(|header| !self.unknown.contains(header)).collect::<Vec<_>>() {
            self.unknown.push(header.clone());
        }
    }

    /// Keeps another remark.
    pub fn tell(&mut self, remark: String) {
        self.others.push(remark);
    }

    /// The remarks, each with the file, and leaves none.
    pub fn take(&mut self, path: &Path) -> Vec<String> {
        let Remarks { flaws, unknown, others } = std::mem::take(self);
        let path = path.display();
        let mut remarks: Vec<String> = others.into_iter().map(|remark| format!("{path}: {remark}")).collect();
        remarks.extend(flaws.into_iter().map(|(flaw, count, line, value)| {
            let rows = if count == 1 { "row has" } else { "rows have" };
            format!("{path}:{line}: {count} {rows} {}; the first is {value:?}", flaw.told())
        }));
        if !unknown.is_empty() {
            let named = unknown[..unknown.len().min(MOST_HEADERS)].join(", ");
            let more = unknown.len().saturating_sub(MOST_HEADERS);
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            remarks.push(format!("{path}: not understood and not read: {named}{more}; --columns says what they hold"));
        }
        remarks
    }
}
