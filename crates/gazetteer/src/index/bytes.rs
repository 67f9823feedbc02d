//! The bytes of an index, and slices of them that keep the whole alive.

use std::ops::Range;
use std::sync::Arc;

/// The bytes of an index, wherever they lie.
#[derive(Clone)]
pub enum Bytes {
    /// In static memory.
    Static(&'static [u8]),
    /// In memory, as words, so that records are aligned.
    Owned(Arc<Vec<u64>>, usize),
    /// In a file that is mapped into memory.
    Mapped(Arc<memmap2::Mmap>),
}

impl Bytes {
    /// All bytes.
    pub fn get(&self) -> &[u8] {
        match self {
            Bytes::Static(bytes) => bytes,
            Bytes::Owned(words, length) => bytemuck::cast_slice::<u64, u8>(words).get(..*length).unwrap_or(&[]),
            Bytes::Mapped(map) => map,
        }
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
