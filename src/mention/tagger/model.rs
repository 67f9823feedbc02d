//! The weights of a trained tagger, as a file that is used in place.
//!
//! The [`Header`] is followed by the transitions (`LABELS` rows of `LANES` numbers), the hash table of [`FeatureWeights`] with linear
//! probing, and the model's description [`About`] as JSON.

use super::error::ModelError;
use super::fingerprint::Fingerprint;
use super::labels::{LABELS, LANES};
use super::lattice::Transitions;
use super::weights::{FeatureWeights, WeightTable};
use crate::mention::{Calibration, Metonyms, Weighing};
use crate::text::language::primary_subtag;
use bytemuck::{Pod, Zeroable};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// First bytes of the file.
pub(crate) const MAGIC: [u8; 8] = *b"TOPOTAG\0";

/// The version of the format of the file. The [`Fingerprint`] covers what the features depend on.
pub(crate) const VERSION: u32 = 4;

/// The beginning of the file. `scripts/restamp-recogniser` knows its layout.
#[derive(Clone, Copy, Debug, Pod, Zeroable)]
#[repr(C)]
pub(crate) struct Header {
    pub(crate) magic: [u8; 8],
    pub(crate) version: u32,
    /// Number of rows of the table.
    pub(crate) rows: u32,
    /// Log-odds of a weight of 1.
    pub(crate) scale: f32,
    /// Length of the description at the end, in bytes.
    pub(crate) about: u32,
    /// What the model was trained with.
    pub(crate) fingerprint: Fingerprint,
    pub(crate) padding: u32,
}

/// The description of a model.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct About {
    /// BCP 47 tags of the languages that it was trained on.
    pub languages: Vec<String>,
    /// The corpora that it was trained on.
    pub corpora: Vec<String>,
    /// Smallest calibrated probability of a mention that is kept, unless the user sets another.
    pub threshold: f64,
    /// How the evidence of tagger and rules is combined.
    #[serde(default)]
    pub weighing: Weighing,
    /// How the combined probabilities are calibrated.
    #[serde(default)]
    pub calibration: Calibration,
    /// The model of names that stand for people of a place.
    #[serde(default)]
    pub metonyms: Metonyms,
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
    /// Numbers of 64 bits, so that records are aligned.
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

/// Where the table begins in the file, in bytes.
const TABLE: usize = size_of::<Header>() + LABELS * LANES * size_of::<f32>();

impl Model {
    /// Opens a model that lies in static memory, aligned to 4 bytes.
    ///
    /// # Errors
    /// When the bytes are not a complete model of this format and fingerprint.
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

    /// Whether it was trained on a language, given its BCP 47 tag, of which only the primary subtag counts.
    pub fn knows(&self, language: &str) -> bool {
        let primary = primary_subtag(language);
        self.about.languages.iter().any(|known| primary_subtag(known) == primary)
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
        let about = all.len().checked_sub(header.about as usize).and_then(|start| all.get(start..));
        let about = about.ok_or(ModelError::NotAModel("it is cut short"))?;
        let about: Result<About, _> = serde_json::from_slice(about);
        let languages = about.as_ref().map(|about| about.languages.clone()).unwrap_or_default();
        if let Some(parts) = header.fingerprint.mismatch(&Fingerprint::of_languages(&languages)) {
            return Err(ModelError::fingerprint(parts, &about.unwrap_or_default()));
        }
        let about = about.map_err(|_| ModelError::NotAModel("its description is damaged"))?;
        let table =
            (header.rows as usize).checked_mul(size_of::<FeatureWeights>()).and_then(|size| size.checked_add(TABLE));
        let table = table.filter(|&end| end + header.about as usize == all.len() && header.rows > 0);
        let end = table.ok_or(ModelError::NotAModel("it is cut short"))?;
        let aligned = bytemuck::try_cast_slice::<u8, FeatureWeights>(&all[TABLE..end]);
        aligned.map_err(|_| ModelError::NotAModel("it is out of line"))?;
        let mut log = [[0.0; LANES]; LABELS];
        for (row, numbers) in log.iter_mut().zip(all[size_of::<Header>()..TABLE].chunks_exact(LANES * size_of::<f32>()))
        {
            for (score, number) in row.iter_mut().zip(numbers.chunks_exact(size_of::<f32>())) {
                *score = bytemuck::pod_read_unaligned(number);
            }
        }
        Ok(Model { transitions: Transitions::new(log), header, about, bytes })
    }

    /// The description of the model.
    pub fn about(&self) -> &About {
        &self.about
    }

    /// The description of the model, to be changed.
    #[cfg(feature = "train")]
    pub(crate) fn about_mut(&mut self) -> &mut About {
        &mut self.about
    }

    /// The table of weights.
    pub(crate) fn table(&self) -> WeightTable<'_> {
        let end = TABLE + self.header.rows as usize * size_of::<FeatureWeights>();
        let rows = self.bytes.get().get(TABLE..end).and_then(|rows| bytemuck::try_cast_slice(rows).ok());
        WeightTable { rows: rows.unwrap_or(&[]), scale: self.header.scale }
    }
}

#[cfg(test)]
mod tests {
    use super::{About, FeatureWeights, Fingerprint, Header, LABELS, LANES, MAGIC, Model, ModelError, VERSION};

    fn bytes(rows: u32) -> Vec<u8> {
        bytes_with(rows, Fingerprint::current())
    }

    fn bytes_with(rows: u32, fingerprint: Fingerprint) -> Vec<u8> {
        let (languages, corpora) = (vec!["fr".to_owned(), "nl".to_owned()], vec!["villes".to_owned()]);
        let about = serde_json::to_vec(&About { languages, corpora, ..About::default() }).expect("JSON");
        let header = Header {
            magic: MAGIC,
            version: VERSION,
            rows,
            scale: 0.5,
            about: about.len() as u32,
            fingerprint,
            padding: 0,
        };
        let table = [FeatureWeights { weights: [2; LABELS], padding: 0, mark: 7 }; 4];
        let mut all = bytemuck::bytes_of(&header).to_vec();
        all.extend_from_slice(bytemuck::cast_slice(&[[0f32; LANES]; LABELS]));
        all.extend_from_slice(bytemuck::cast_slice(&table));
        all.extend(about);
        all
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

    #[test]
    fn a_model_of_another_lexicon_says_how_to_train_anew() {
        let current = Fingerprint::of_languages(&["fr".to_owned(), "nl".to_owned()]);
        let other = Fingerprint { lexicon: !current.lexicon, ..current };
        let message = Model::from_bytes(&bytes_with(4, other)).err().map(|error| error.to_string()).unwrap_or_default();
        assert!(message.contains(&format!("(lexicon {:08x} instead of {:08x})", other.lexicon, current.lexicon)));
        let command = "`toponym train recogniser --out MODEL --language fr --language nl SOURCE...`";
        assert!(message.contains(command) && message.ends_with("(its sources were villes)"), "{message}");
    }

    #[test]
    fn the_embedded_model_fits_this_program() {
        if let Err(error) = crate::recogniser() {
            panic!("{error}; after a change known to be harmless run scripts/restamp-recogniser");
        }
    }
}
