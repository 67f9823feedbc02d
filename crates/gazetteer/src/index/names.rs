//! Sorted names -> the maps of the index, and the postings that they lead to.

use super::format::*;
use super::sections::Sections;
use super::sorter::{Entry, Sorter};
use crate::{GazetteerError, NameKind};
use std::io::{BufWriter, Seek, Write};
use toponym_languages::languages;
use toponym_text::skeleton;

/// Bytes of names that are sorted in memory.
pub const NAMES_IN_MEMORY: usize = 400 << 20;

/// Writes the maps of names and of skeletons, and returns the postings that they lead to.
pub fn write_names<W: Write + Seek>(
    names: impl Iterator<Item = std::io::Result<Entry>>,
    places: &[PlaceRecord],
    ordinals: &[u32],
    romanised: &[bool],
    sections: &mut Sections<'_, W>,
    step: &mut dyn FnMut(&str),
) -> Result<Vec<Posting>, GazetteerError> {
    step("writing names");
    let temporary = GazetteerError::Temporary;
    let disordered = |e| match e {
        fst::Error::Io(e) => temporary(e),
        fst::Error::Fst(_) => GazetteerError::TooLarge("names that do not sort"),
    };
    let mut map = fst::MapBuilder::new(BufWriter::new(tempfile::tempfile().map_err(temporary)?)).map_err(disordered)?;
    let mut skeletons = Sorter::new(NAMES_IN_MEMORY);
    let mut postings: Vec<Posting> = Vec::new();
    let mut names = names.peekable();
    let mut group: Vec<(u32, NameKind, u16)> = Vec::new();
    while let Some(entry) = names.next() {
        let Entry { key, value } = entry.map_err(temporary)?;
        group.clear();
        group.push(unpack(value));
        while let Some(same) = names.next_if(|next| next.as_ref().is_ok_and(|next| next.key == key)) {
            group.push(unpack(same.map_err(temporary)?.value));
        }
        // A place that bears a name twice bears it in the better kind, which sorts first. "KY" and "Ky." are two names.
        group.sort_unstable();
        let both_written = |a: NameKind, b: NameKind| a.is_abbreviated() && b == NameKind::Shortening && a != b;
        group.dedup_by(|later, first| later.0 == first.0 && !both_written(first.1, later.1));
        // The better known first, so that a long list loses the obscure when it is cut.
        group.sort_by_key(|&(place, kind, _)| {
            let record = &places[place as usize];
            let by_rank = if record.rank > 0 { 10u32.pow(8 - u32::from(record.rank.min(8))) } else { 0 };
            (std::cmp::Reverse(record.population.max(by_rank)), kind, place)
        });
        let first = postings.len() as u64;
        map.insert(&key, first).map_err(disordered)?;
        let sounds = |(place, kind, _): &(u32, NameKind, u16)| {
            *kind <= NameKind::Variant && romanised[usize::from(places[*place as usize].countries)]
        };
        if let Some(name) = std::str::from_utf8(&key).ok().filter(|name| name.is_ascii() && group.iter().any(sounds)) {
            let skeleton = skeleton(name, languages());
            if skeleton.len() >= 3 {
                skeletons.push(format!("{skeleton}\0{name}").as_bytes(), first).map_err(temporary)?;
            }
        }
        postings.extend(
            group.iter().map(|&(place, kind, language)| Posting::new(ordinals[place as usize], kind, language)),
        );
        if let Some(last) = postings.last_mut() {
            *last = last.closing();
        }
    }
    let file = map.into_inner().map_err(disordered)?.into_inner().map_err(|e| temporary(e.into_error()))?;
    sections.copy(Section::Names, file)?;
    step("writing sounds");
    let mut map = fst::MapBuilder::new(BufWriter::new(tempfile::tempfile().map_err(temporary)?)).map_err(disordered)?;
    for entry in skeletons.finish().map_err(temporary)? {
        let Entry { key, value } = entry.map_err(temporary)?;
        map.insert(&key, value).map_err(disordered)?;
    }
    let file = map.into_inner().map_err(disordered)?.into_inner().map_err(|e| temporary(e.into_error()))?;
    sections.copy(Section::Skeletons, file)?;
    Ok(postings)
}

/// A posting whose place has no ordinal yet, as one number; such numbers sort by place.
pub fn pack(place: u32, kind: NameKind, language: u16) -> u64 {
    u64::from(place) << 32 | (kind as u64) << 16 | u64::from(language)
}

fn unpack(packed: u64) -> (u32, NameKind, u16) {
    ((packed >> 32) as u32, NameKind::from_number((packed >> 16) as u8), packed as u16)
}
