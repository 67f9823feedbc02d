//! Writing sections to a file, with their checksums.

use super::format::*;
use crate::GazetteerError;
use std::collections::HashMap;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom, Write};

/// Writes sections one after the other, and last the header with their offsets.
pub struct Sections<'w, W> {
    out: &'w mut W,
    at: u64,
    page: usize,
    extents: [Extent; SECTIONS],
}

impl<'w, W: Write + Seek> Sections<'w, W> {
    /// Leaves room for the header.
    pub fn new(out: &'w mut W, page: usize) -> Result<Self, GazetteerError> {
        let mut sections = Sections { out, at: 0, page, extents: [Extent::default(); SECTIONS] };
        sections.write(&[0; size_of::<Header>()])?;
        Ok(sections)
    }

    fn write(&mut self, bytes: &[u8]) -> Result<(), GazetteerError> {
        // In small pieces: some file systems cache a file in pieces of the size it was written in, and a program that
        // touches single pages would then seem to hold half of the file in memory.
        const PIECE: usize = 16 << 10;
        self.at += bytes.len() as u64;
        bytes.chunks(PIECE).try_for_each(|piece| self.out.write_all(piece)).map_err(GazetteerError::Temporary)
    }

    fn begin(&mut self) -> Result<u64, GazetteerError> {
        let padding = self.at.next_multiple_of(ALIGNMENT as u64) - self.at;
        self.write(&[0; ALIGNMENT][..padding as usize])?;
        Ok(self.at)
    }

    /// Writes a section.
    pub fn put(&mut self, section: Section, bytes: &[u8]) -> Result<(), GazetteerError> {
        let offset = self.begin()?;
        self.write(bytes)?;
        let crc = crc32fast::hash(bytes);
        self.extents[section as usize] = Extent { offset, length: bytes.len() as u64, crc, padding: 0 };
        Ok(())
    }

    /// Writes a section from a temporary file.
    pub fn copy(&mut self, section: Section, mut file: File) -> Result<(), GazetteerError> {
        let offset = self.begin()?;
        let mut sum = crc32fast::Hasher::new();
        let mut buffer = vec![0; 1 << 20];
        file.rewind().map_err(GazetteerError::Temporary)?;
        loop {
            let count = file.read(&mut buffer).map_err(GazetteerError::Temporary)?;
            if count == 0 {
                break;
            }
            sum.update(&buffer[..count]);
            self.write(&buffer[..count])?;
        }
        self.extents[section as usize] = Extent { offset, length: self.at - offset, crc: sum.finalize(), padding: 0 };
        Ok(())
    }

    /// Writes the header.
    pub fn finish(self) -> Result<(), GazetteerError> {
        let (page, sections) = (self.page as u32, self.extents);
        let header = Header { magic: MAGIC, version: VERSION, byte_order: BYTE_ORDER, page, crc: 0, sections };
        let header = Header { crc: header.sum(), ..header };
        let written = self.out.seek(SeekFrom::Start(0)).and_then(|_| self.out.write_all(bytemuck::bytes_of(&header)));
        written.and_then(|()| self.out.flush()).map_err(GazetteerError::Temporary)
    }
}

/// Why a name is refused whose length does not fit the format.
pub const LONG: &str = "a name of it has more than 65,535 bytes";

/// The string section.
#[derive(Default)]
pub struct Strings {
    /// The bytes of the section.
    pub bytes: Vec<u8>,
    known: HashMap<String, u32>,
}

impl Strings {
    /// The offset of a string that is often repeated, such as a code or the name of a division; it is written once.
    pub fn put(&mut self, string: &str) -> Result<u32, GazetteerError> {
        if let Some(&offset) = self.known.get(string) {
            return Ok(offset);
        }
        let offset = self.put_anew(string)?;
        self.known.insert(string.to_owned(), offset);
        Ok(offset)
    }

    /// The offset of a string that is seldom repeated, such as the name of a place; it is written each time.
    pub fn put_anew(&mut self, string: &str) -> Result<u32, GazetteerError> {
        let offset = u32::try_from(self.bytes.len()).map_err(|_| GazetteerError::TooLarge("over 4 GB of names"))?;
        let length = u16::try_from(string.len()).map_err(|_| GazetteerError::Unfit(LONG))?;
        self.bytes.extend_from_slice(&length.to_ne_bytes());
        self.bytes.extend_from_slice(string.as_bytes());
        Ok(offset)
    }

    /// The string at an offset; empty if there is none.
    pub fn get(&self, offset: u32) -> &str {
        string_at(&self.bytes, offset)
    }
}

/// The string at an offset of a string section; empty if there is none.
pub fn string_at(strings: &[u8], offset: u32) -> &str {
    let read = || {
        let (length, rest) = strings.get(offset as usize..)?.split_first_chunk::<2>()?;
        std::str::from_utf8(rest.get(..usize::from(u16::from_ne_bytes(*length)))?).ok()
    };
    read().unwrap_or("")
}
