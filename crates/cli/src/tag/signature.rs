//! What lies in the files that a run reads, in a few words, so that a resumed run can tell whether it has changed.

use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;
use toponym::Gazetteer;

/// The number of files, their size in all, and a sum over the name, size and time of last change of each.
pub fn of_files(files: impl Iterator<Item = PathBuf>) -> String {
    let (mut count, mut bytes, mut sum) = (0_u64, 0_u64, crc32fast::Hasher::new());
    for file in files {
        let (size, changed) = size_and_time(&file);
        count += 1;
        bytes += size;
        sum.update(file.as_os_str().as_encoded_bytes());
        sum.update(&size.to_le_bytes());
        sum.update(&changed.to_le_bytes());
    }
    format!("{count} files of {bytes} bytes with the sum {:08x}", sum.finalize())
}

/// The size of a file in bytes, and the nanoseconds since 1970 at its last change; zeros if there is none.
fn size_and_time(file: &Path) -> (u64, u128) {
    let Ok(metadata) = std::fs::metadata(file) else { return (0, 0) };
    let changed = metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    (metadata.len(), changed.map_or(0, |since| since.as_nanos()))
}

/// The sums of the indexes, which cover every byte of them.
pub fn of_gazetteer(gazetteer: &Gazetteer) -> String {
    gazetteer.layers().iter().map(|index| format!("{:08x}", index.sum())).collect::<Vec<_>>().join(" ")
}
