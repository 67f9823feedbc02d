//! Sorting more names than fit in memory: runs are sorted in memory, spilled to temporary files, and merged on reading.

use std::collections::BinaryHeap;
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Seek, Write};

/// A key and its value.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    pub key: Vec<u8>,
    pub value: u64,
}

/// Takes entries and returns them sorted by key, then by value.
pub struct Sorter {
    /// The keys, concatenated.
    keys: Vec<u8>,
    /// The offset and length of each key in `keys`, and its value.
    entries: Vec<(u32, u32, u64)>,
    /// Bytes of keys and entries that are held before a run is spilled.
    budget: usize,
    runs: Vec<File>,
}

impl Sorter {
    /// A sorter that holds some `budget` bytes in memory.
    pub fn new(budget: usize) -> Self {
        Sorter { keys: Vec::new(), entries: Vec::new(), budget: budget.min(u32::MAX as usize / 2), runs: Vec::new() }
    }

    /// Adds an entry.
    ///
    /// # Errors
    /// When a temporary file cannot be written.
    pub fn push(&mut self, key: &[u8], value: u64) -> io::Result<()> {
        self.entries.push((self.keys.len() as u32, key.len() as u32, value));
        self.keys.extend_from_slice(key);
        if self.keys.len() + self.entries.len() * size_of::<(u32, u32, u64)>() >= self.budget {
            self.spill()?;
        }
        Ok(())
    }

    fn sort(&mut self) {
        let keys = &self.keys;
        let key = |&(start, length, _): &(u32, u32, u64)| &keys[start as usize..(start + length) as usize];
        self.entries.sort_unstable_by(|a, b| key(a).cmp(key(b)).then(a.2.cmp(&b.2)));
    }

    fn spill(&mut self) -> io::Result<()> {
        self.sort();
        let mut out = BufWriter::with_capacity(1 << 20, tempfile::tempfile()?);
        for &(start, length, value) in &self.entries {
            out.write_all(&length.to_ne_bytes())?;
            out.write_all(&value.to_ne_bytes())?;
            out.write_all(&self.keys[start as usize..(start + length) as usize])?;
        }
        let mut run = out.into_inner().map_err(io::IntoInnerError::into_error)?;
        run.rewind()?;
        self.runs.push(run);
        self.keys.clear();
        self.entries.clear();
        Ok(())
    }

    /// The entries, sorted.
    ///
    /// # Errors
    /// When a temporary file cannot be written.
    pub fn finish(mut self) -> io::Result<Sorted> {
        self.sort();
        let mut sources: Vec<Source> = Vec::new();
        for run in std::mem::take(&mut self.runs) {
            sources.push(Source::Run(BufReader::with_capacity(1 << 18, run)));
        }
        sources.push(Source::Memory { keys: self.keys, entries: self.entries.into_iter() });
        let mut sorted = Sorted { heads: BinaryHeap::new(), sources };
        for at in 0..sorted.sources.len() {
            sorted.refill(at)?;
        }
        Ok(sorted)
    }
}

enum Source {
    Run(BufReader<File>),
    Memory { keys: Vec<u8>, entries: std::vec::IntoIter<(u32, u32, u64)> },
}

impl Source {
    fn next(&mut self) -> io::Result<Option<Entry>> {
        match self {
            Source::Memory { keys, entries } => Ok(entries.next().map(|(start, length, value)| Entry {
                key: keys[start as usize..(start + length) as usize].to_vec(),
                value,
            })),
            Source::Run(run) => {
                let mut head = [0; 12];
                match run.read_exact(&mut head) {
                    Err(e) if e.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
                    other => other?,
                }
                let [a, b, c, d, value @ ..] = head;
                let mut key = vec![0; u32::from_ne_bytes([a, b, c, d]) as usize];
                run.read_exact(&mut key)?;
                Ok(Some(Entry { key, value: u64::from_ne_bytes(value) }))
            }
        }
    }
}

/// Sorted entries, merged from the runs.
pub struct Sorted {
    heads: BinaryHeap<std::cmp::Reverse<(Entry, usize)>>,
    sources: Vec<Source>,
}

impl Sorted {
    fn refill(&mut self, source: usize) -> io::Result<()> {
        if let Some(entry) = self.sources[source].next()? {
            self.heads.push(std::cmp::Reverse((entry, source)));
        }
        Ok(())
    }
}

impl Iterator for Sorted {
    type Item = io::Result<Entry>;

    fn next(&mut self) -> Option<io::Result<Entry>> {
        let std::cmp::Reverse((entry, source)) = self.heads.pop()?;
        Some(self.refill(source).map(|()| entry))
    }
}

#[cfg(test)]
mod tests {
    use super::Sorter;

    #[test]
    fn runs_merge_in_order_whatever_the_budget() {
        for budget in [1, 100, 1 << 20] {
            let mut sorter = Sorter::new(budget);
            for value in [5u64, 3, 9, 1, 7, 3] {
                sorter.push(format!("name {}", value % 4).as_bytes(), value).expect("spills");
            }
            let sorted: Vec<_> = sorter.finish().expect("merges").map(|e| e.expect("reads")).collect();
            assert!(sorted.is_sorted() && sorted.len() == 6, "budget {budget}: {sorted:?}");
        }
    }
}
