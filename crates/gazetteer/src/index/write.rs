//! The contents of an index -> index file.

use super::IndexBuilder;
use super::format::*;
use super::names::write_names;
use super::sections::{Sections, Strings};
use super::sorter::Sorter;
use crate::geodesy::on_sphere;
use crate::{GazetteerError, languages};
use std::io::{Seek, Write};

impl IndexBuilder {
    /// Writes the index to memory.
    ///
    /// # Errors
    /// As for [`IndexBuilder::write`].
    pub fn finish(self) -> Result<Vec<u8>, GazetteerError> {
        let mut file = std::io::Cursor::new(Vec::new());
        self.write(&mut file, &mut |_| {})?;
        Ok(file.into_inner())
    }

    /// Writes the index. `step` is called with what is about to be done.
    ///
    /// # Errors
    /// [`GazetteerError::TooLarge`] when names or places outgrow the format's 32-bit offsets,
    /// [`GazetteerError::Temporary`] when a temporary file or `out` cannot be written.
    pub fn write(mut self, out: &mut (impl Write + Seek), step: &mut dyn FnMut(&str)) -> Result<(), GazetteerError> {
        drop(std::mem::take(&mut self.by_id));
        step("ordering places");
        let mut order: Vec<u32> = (0..self.places.len() as u32).collect();
        order.sort_by_key(|&at| self.curve[at as usize]);
        let mut ordinals = vec![0; order.len()];
        for (&at, ordinal) in order.iter().zip(0..) {
            ordinals[at as usize] = ordinal;
        }
        let divisions = self.divisions.finish(&mut self.strings, &ordinals)?;
        for place in &mut self.places {
            let number = place.division;
            place.division = divisions.ordinals.get(number as usize).copied().unwrap_or(NONE);
        }
        let romanised: Vec<bool> =
            self.lists.countries.list.iter().map(|c| c.split('|').any(languages::is_romanised)).collect();
        let mut sections = Sections::new(out, page_size(order.len()))?;

        step("sorting names");
        let names = std::mem::replace(&mut self.names, Sorter::new(0)).finish().map_err(GazetteerError::Temporary)?;
        let named = write_names(names, &self.places, &ordinals, &romanised, &mut sections, step)?;
        sections.put(Section::Postings, bytemuck::cast_slice(&named))?;
        drop(named);

        step("writing places");
        let records: Vec<PlaceRecord> = order.iter().map(|&at| self.places[at as usize]).collect();
        let pages: Vec<PageBox> = records.chunks(page_size(records.len())).map(page_box).collect();
        let mut part_of = Vec::new();
        self.meta.id_sources = self.lists.id_sources.list;
        let ids = |at: u32| id_string(&self.places[at as usize], &self.meta.id_sources, &self.strings);
        let mut by_hash: Vec<IdRecord> =
            order.iter().zip(0..).map(|(&at, place)| IdRecord { hash: id_hash(&ids(at)), place }).collect();
        by_hash.sort_unstable();
        for (part, whole) in &self.part_of {
            let found = find_id(&by_hash, whole, |place| ids(order[place as usize]) == *whole);
            part_of.extend(found.map(|whole| PartOfRecord { part: ordinals[*part as usize], whole }));
        }
        part_of.sort_unstable_by_key(|record: &PartOfRecord| record.part);
        sections.put(Section::Places, bytemuck::cast_slice(&records))?;
        sections.put(Section::Pages, bytemuck::cast_slice(&pages))?;
        sections.put(Section::Divisions, bytemuck::cast_slice(&divisions.records))?;
        sections.put(Section::Ids, bytemuck::cast_slice(&by_hash))?;
        sections.put(Section::PartOf, bytemuck::cast_slice(&part_of))?;
        for record in &mut self.bounds {
            record.place = ordinals[record.place as usize];
        }
        self.bounds.sort_unstable_by_key(|record| record.place);
        sections.put(Section::Bounds, bytemuck::cast_slice(&self.bounds))?;
        sections.put(Section::Strings, &self.strings.bytes)?;
        self.meta.countries = self.lists.countries.list;
        self.meta.features = self.lists.features.list;
        self.meta.sources = self.lists.sources.list;
        self.meta.languages = self.lists.languages.list;
        sections.put(Section::Meta, &serde_json::to_vec(&self.meta).unwrap_or_default())?;
        sections.finish()
    }
}

fn id_string(record: &PlaceRecord, sources: &[String], strings: &Strings) -> String {
    if record.id_source & NUMERIC_ID == 0 {
        return strings.get(record.id).to_owned();
    }
    let source = sources.get(usize::from(record.id_source & !NUMERIC_ID)).map_or("", String::as_str);
    format!("{source}:{}", record.id)
}

fn page_box(places: &[PlaceRecord]) -> PageBox {
    // Single precision rounds by less than this on the unit sphere.
    const SLACK: f32 = 2e-7;
    let mut page = PageBox { min: [f32::MAX; 3], max: [f32::MIN; 3] };
    for place in places {
        let point = on_sphere(f64::from(place.lat) * 1e-7, f64::from(place.lon) * 1e-7);
        for (axis, &coordinate) in point.iter().enumerate() {
            page.min[axis] = page.min[axis].min(coordinate as f32 - SLACK);
            page.max[axis] = page.max[axis].max(coordinate as f32 + SLACK);
        }
    }
    page
}
