//! The weights of a trained tagger, as a file that is used where it lies.
//!
//! Behind the [`Header`] stand the transitions, `LABELS` rows of `LANES` numbers, and the table of [`Row`]s, each found
//! from its feature's hash by linear probing. What the model says of itself, as JSON, comes last.

use super::labels::{LABELS, LANES};
use super::lattice::{Scores, Transitions};
use crate::mention::{Calibration, Metonyms, Weighing};
use bytemuck::{Pod, Zeroable};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// First bytes of the file.
pub(crate) const MAGIC: [u8; 8] = *b"TOPOTAG\0";

/// Changes with the format and with the features: a model serves only the code that it was trained with.
pub(crate) const VERSION: u32 = 3;

/// The head of the file.
#[derive(Clone, Copy, Debug, Pod, Zeroable)]
#[repr(C)]
pub(crate) struct Header {
    pub(crate) magic: [u8; 8],
    pub(crate) version: u32,
    /// Rows of the table.
    pub(crate) rows: u32,
    /// What a weight of 1 is worth, in log-odds.
    pub(crate) scale: f32,
    /// Bytes of the description at the end.
    pub(crate) about: u32,
    pub(crate) padding: [u32; 2],
}

/// The weights of a feature.
#[derive(Clone, Copy, Debug, Default, Pod, Zeroable)]
#[repr(C)]
pub(crate) struct Row {
    /// One for each label.
    pub(crate) weights: [i8; LABELS],
    pub(crate) padding: u8,
    /// What tells the feature from others that hash to the same row; 0 for an empty row.
    pub(crate) mark: u16,
}

/// What a model says of itself.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct About {
    /// BCP 47 tags of the languages that it was trained on.
    pub languages: Vec<String>,
    /// The corpora that it was trained on.
    pub corpora: Vec<String>,
    /// A name less probable than this is dropped, unless the user says otherwise.
    pub threshold: f64,
    /// How what it says is weighed against what the rules say.
    #[serde(default)]
    pub weighing: Weighing,
    /// What the probabilities are worth that come of it.
    #[serde(default)]
    pub calibration: Calibration,
    /// What it knows of names that stand for people.
    #[serde(default)]
    pub metonyms: Metonyms,
}

/// Why bytes are no model.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ModelError {
    /// They are something else, or damaged.
    #[error("not a recogniser's model ({0}); give a file that `toponym train recogniser` wrote")]
    NotAModel(&'static str),
    /// A model of another version of the program.
    #[error("a model of version {found}, this program reads {VERSION}; train it again with `toponym train recogniser`")]
    Version {
        /// The version in the file.
        found: u32,
    },
}

/// The weights of a tagger.
#[derive(Clone)]
pub struct Model {
    bytes: Bytes,
    header: Header,
    pub(super) transitions: Transitions,
    about: About,
}

#[derive(Clone)]
enum Bytes {
    Static(&'static [u8]),
    /// Words, so that records are aligned.
    Owned(Arc<Vec<u64>>),
}

impl Bytes {
    fn get(&self) -> &[u8] {
        match self {
            Bytes::Static(bytes) => bytes,
            Bytes::Owned(words) => bytemuck::cast_slice(words),
        }
    }
}

const TABLE: usize = size_of::<Header>() + LABELS * LANES * size_of::<f32>();

impl Model {
    /// Opens a model that lies in static memory, aligned to 4 bytes.
    ///
    /// # Errors
    /// When the bytes are not a whole model of this version.
    pub fn from_static(bytes: &'static [u8]) -> Result<Self, ModelError> {
        Self::open(Bytes::Static(bytes), bytes.len())
    }

    /// Opens a model, compressed by zstd or plain.
    ///
    /// # Errors
    /// As for [`Model::from_static`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, ModelError> {
        let mut plain = Vec::new();
        let bytes = match ruzstd::decoding::StreamingDecoder::new(bytes) {
            Ok(mut decoder) => {
                std::io::Read::read_to_end(&mut decoder, &mut plain)
                    .map_err(|_| ModelError::NotAModel("its compression is damaged"))?;
                &plain[..]
            }
            Err(_) => bytes,
        };
        let mut words = vec![0u64; bytes.len().div_ceil(8)];
        bytemuck::cast_slice_mut::<u64, u8>(&mut words)[..bytes.len()].copy_from_slice(bytes);
        Self::open(Bytes::Owned(Arc::new(words)), bytes.len())
    }

    /// BCP 47 tags of the languages that it was trained on.
    pub fn languages(&self) -> &[String] {
        &self.about.languages
    }

    /// The probability, 0 to 1, below which it drops a mention unless the user says otherwise.
    pub fn threshold(&self) -> f64 {
        self.about.threshold
    }

    fn open(bytes: Bytes, length: usize) -> Result<Self, ModelError> {
        let all = bytes.get().get(..length).ok_or(ModelError::NotAModel("too short"))?;
        let header = all.get(..size_of::<Header>()).ok_or(ModelError::NotAModel("too short"))?;
        let header: Header = bytemuck::pod_read_unaligned(header);
        if header.magic != MAGIC {
            return Err(ModelError::NotAModel("it does not begin as one"));
        }
        if header.version != VERSION {
            return Err(ModelError::Version { found: header.version });
        }
        let table = (header.rows as usize).checked_mul(size_of::<Row>()).and_then(|size| size.checked_add(TABLE));
        let table = table.filter(|&end| end <= all.len() && header.rows > 0);
        let end = table.ok_or(ModelError::NotAModel("it is cut short"))?;
        let aligned = bytemuck::try_cast_slice::<u8, Row>(&all[TABLE..end]);
        aligned.map_err(|_| ModelError::NotAModel("it is out of line"))?;
        let about = all.get(end..end + header.about as usize).ok_or(ModelError::NotAModel("it is cut short"))?;
        let about = serde_json::from_slice(about).map_err(|_| ModelError::NotAModel("its description is damaged"))?;
        let mut log = [[0.0; LANES]; LABELS];
        for (row, numbers) in log.iter_mut().zip(all[size_of::<Header>()..TABLE].chunks_exact(LANES * size_of::<f32>()))
        {
            for (score, number) in row.iter_mut().zip(numbers.chunks_exact(size_of::<f32>())) {
                *score = bytemuck::pod_read_unaligned(number);
            }
        }
        Ok(Model { transitions: Transitions::new(log), header, about, bytes })
    }

    /// What the model says of itself.
    pub fn about(&self) -> &About {
        &self.about
    }

    /// Changes what the model says of itself.
    #[cfg(feature = "train")]
    pub(crate) fn about_mut(&mut self) -> &mut About {
        &mut self.about
    }

    /// The table of weights.
    pub(super) fn table(&self) -> Table<'_> {
        let end = TABLE + self.header.rows as usize * size_of::<Row>();
        let rows = self.bytes.get().get(TABLE..end).and_then(|rows| bytemuck::try_cast_slice(rows).ok());
        Table { rows: rows.unwrap_or(&[]), scale: self.header.scale }
    }
}

/// The rows of a model.
#[derive(Clone, Copy)]
pub(super) struct Table<'m> {
    rows: &'m [Row],
    scale: f32,
}

/// Where a feature's row stands if no other has taken its place, and its mark.
pub(crate) fn place_of(feature: u32, rows: usize) -> (usize, u16) {
    (((u64::from(feature) * rows as u64) >> 32) as usize, (feature as u16).max(1))
}

/// Features of a token that are looked up together; a token has few more.
const MOST_FEATURES: usize = 96;

/// Rows that are looked through for a feature.
pub(crate) const PROBES: usize = 8;

impl Table<'_> {
    /// The sum of the features' weights for each label, in log-odds.
    pub(super) fn score(&self, features: &[u32]) -> Scores {
        let mut sums = [0i16; LANES];
        // The table is larger than the caches: rows that are asked for one right behind the other come in together.
        let present = |feature: u32| self.rows.get(place_of(feature, self.rows.len()).0).map_or(0, |row| row.mark);
        let mut marks = [0; MOST_FEATURES];
        marks.iter_mut().zip(features).for_each(|(mark, &feature)| *mark = present(feature));
        for (at, &feature) in features.iter().enumerate() {
            if marks.get(at) == Some(&0) {
                continue;
            }
            if let Some(row) = self.row(feature) {
                let weights: &[i8; LANES] = bytemuck::cast_ref(row);
                sums.iter_mut().zip(weights).for_each(|(sum, weight)| *sum += i16::from(*weight));
            }
        }
        sums.map(|sum| f32::from(sum) * self.scale)
    }

    fn row(&self, feature: u32) -> Option<&Row> {
        let (place, mark) = place_of(feature, self.rows.len());
        // Past the last row the first follows.
        let (before, behind) = self.rows.split_at_checked(place)?;
        for row in behind.iter().chain(before).take(PROBES) {
            if row.mark == mark {
                return Some(row);
            }
            if row.mark == 0 {
                return None;
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::{About, Header, LABELS, LANES, MAGIC, Model, ModelError, Row, VERSION, place_of};

    fn bytes(rows: u32) -> Vec<u8> {
        let about = serde_json::to_vec(&About::default()).expect("JSON");
        let header =
            Header { magic: MAGIC, version: VERSION, rows, scale: 0.5, about: about.len() as u32, padding: [0; 2] };
        let mut table = vec![Row::default(); 4];
        let (place, mark) = place_of(0xABCD_0002, 4);
        table[place] = Row { weights: [2; LABELS], padding: 0, mark };
        let mut all = bytemuck::bytes_of(&header).to_vec();
        all.extend_from_slice(bytemuck::cast_slice(&[[0f32; LANES]; LABELS]));
        all.extend_from_slice(bytemuck::cast_slice(&table));
        all.extend(about);
        all
    }

    #[test]
    fn weights_are_found_by_their_feature() {
        let model = Model::from_bytes(&bytes(4)).expect("a model");
        assert_eq!(model.table().score(&[0xABCD_0002, 0xABCD_0003])[..LABELS], [1.0; LABELS]);
    }

    #[test]
    fn damage_is_an_error() {
        let good = bytes(4);
        for length in [0, 5, 40, good.len() - 1] {
            assert!(matches!(Model::from_bytes(&good[..length]), Err(ModelError::NotAModel(_))), "{length}");
        }
        for rows in [0, 8, u32::MAX] {
            assert!(Model::from_bytes(&bytes(rows)).is_err());
        }
        let mut old = good;
        old[8] = 99;
        assert!(matches!(Model::from_bytes(&old), Err(ModelError::Version { found: 99 })));
    }
}
