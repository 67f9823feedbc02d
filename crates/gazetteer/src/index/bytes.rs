//! The bytes of an index, and slices of them that keep the whole alive.

use std::fs::{File, Metadata};
use std::ops::Range;
use std::sync::Arc;
use std::time::SystemTime;

/// The bytes of an index, wherever they lie.
#[derive(Clone)]
pub enum Bytes {
    /// In static memory.
    Static(&'static [u8]),
    /// In memory, as words, so that records are aligned.
    Owned(Arc<Vec<u64>>, usize),
    /// In a file that is mapped into memory.
    Mapped(Arc<Mapped>),
}

/// A file that is mapped into memory.
pub struct Mapped {
    map: memmap2::Mmap,
    file: File,
    /// Its length in bytes, and when it was last written, at the time of mapping.
    stamp: Option<(u64, SystemTime)>,
}

impl Mapped {
    /// A map of a file.
    pub fn new(map: memmap2::Mmap, file: File) -> Self {
        let stamp = stamp(&file);
        Mapped { map, file, stamp }
    }
}

/// The length of a file in bytes, and when it was last written; `None` where the system does not tell.
fn stamp(file: &File) -> Option<(u64, SystemTime)> {
    let written = |metadata: &Metadata| metadata.modified().ok();
    file.metadata().ok().and_then(|metadata| Some((metadata.len(), written(&metadata)?)))
}

impl Bytes {
    /// All bytes.
    pub fn get(&self) -> &[u8] {
        match self {
            Bytes::Static(bytes) => bytes,
            Bytes::Owned(words, length) => bytemuck::cast_slice::<u64, u8>(words).get(..*length).unwrap_or(&[]),
            Bytes::Mapped(mapped) => &mapped.map,
        }
    }

    /// Whether the file has been written over or cut off since it was mapped. One that another was renamed over has not.
    pub fn is_changed(&self) -> bool {
        matches!(self, Bytes::Mapped(mapped) if stamp(&mapped.file) != mapped.stamp)
    }
}

/// The bytes of a section. They keep the whole index alive.
#[derive(Clone)]
pub struct Slice(pub Bytes, pub Range<usize>);

impl AsRef<[u8]> for Slice {
    fn as_ref(&self) -> &[u8] {
        self.0.get().get(self.1.clone()).unwrap_or(&[])
    }
}
