//! Hashes of words and phrases that are the same on every machine, because compiled tables hold them.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// A map whose keys are hashes of words or phrases, as [`hash`] and [`key`] make them.
pub(crate) type KeyMap<T> = HashMap<u64, T, BuildHasherDefault<PassThrough>>;

/// Takes a hash for its own hash: its bits are spread well enough.
#[derive(Default)]
pub(crate) struct PassThrough(u64);

impl Hasher for PassThrough {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|&byte| self.0 = self.0 << 8 | u64::from(byte));
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
}

/// The golden ratio in 64 bits: multiplying by it spreads bits (Fibonacci hashing, Knuth 1973).
const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;

/// A 64-bit hash of a text.
#[inline]
pub fn hash(text: &str) -> u64 {
    let (whole, rest) = text.as_bytes().as_chunks::<8>();
    let mut hash = 0xcbf2_9ce4_8422_2325u64;
    for chunk in whole {
        hash = mixed(hash ^ u64::from_le_bytes(*chunk));
    }
    if rest.is_empty() { hash } else { mixed(hash ^ short(rest)) }
}

fn mixed(hash: u64) -> u64 {
    let hash = hash.wrapping_mul(SPREAD);
    hash ^ hash >> 29
}

/// Up to seven bytes as one little-endian number, read in two pieces that may overlap.
fn short(bytes: &[u8]) -> u64 {
    let length = bytes.len();
    match (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        (Some(first), Some(last)) => {
            let [first, last] = [first, last].map(|four| u64::from(u32::from_le_bytes(*four)));
            first | last << (8 * (length - 4))
        }
        _ => bytes.iter().rev().fold(0, |number, &byte| number << 8 | u64::from(byte)),
    }
}

/// The key of a folded phrase in a lexicon: the hash of its only word, or of the hashes of its words.
#[inline]
pub fn key(phrase: &str) -> u64 {
    let mut words = phrase.split(' ').map(hash);
    let first = words.next().unwrap_or(0);
    words.fold(first, joined)
}

/// The key of a phrase extended by a word.
#[inline]
pub fn joined(phrase: u64, word: u64) -> u64 {
    mixed(phrase.rotate_left(23) ^ word)
}

#[cfg(test)]
mod tests {
    use super::{hash, joined, key};

    /// The hash as its definition has it: eight bytes at a time, zeros behind the last.
    fn plain(text: &str) -> u64 {
        text.as_bytes().chunks(8).fold(0xcbf2_9ce4_8422_2325u64, |hash, chunk| {
            let mut bytes = [0; 8];
            bytes[..chunk.len()].copy_from_slice(chunk);
            let hash = (hash ^ u64::from_le_bytes(bytes)).wrapping_mul(super::SPREAD);
            hash ^ hash >> 29
        })
    }

    #[test]
    fn every_length_is_read_whole() {
        let text = "northwest of Aleppo, in حلب";
        for (end, _) in text.char_indices() {
            assert_eq!(hash(&text[..end]), plain(&text[..end]), "{end}");
        }
    }

    #[test]
    fn words_make_a_phrase_in_their_order() {
        assert_eq!(key("al nusra"), joined(hash("al"), hash("nusra")));
        assert_ne!(key("al nusra"), key("nusra al"));
        assert_eq!(key("al"), hash("al"));
    }
}
