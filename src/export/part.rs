//! The unfinished file of an output: beside its target, under a name that the next run knows, and locked.

use std::ffi::OsString;
use std::fs::{File, TryLockError};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use tempfile::{NamedTempFile, TempPath};

/// Longest name of a target that its part carries: file systems allow 255 bytes in all.
const LONGEST_NAME: usize = 220;

/// The path of the part of a target.
pub fn path_of(target: &Path) -> PathBuf {
    let name = target.file_name().unwrap_or_default();
    let mut part = OsString::from(".toponym-");
    if name.len() > LONGEST_NAME {
        part.push(format!("{:08x}", crc32fast::hash(name.as_encoded_bytes())));
    } else {
        part.push(name);
    }
    part.push(".part");
    target.with_file_name(part)
}

/// Opens the part of a target, empty or, with `resumed`, with what an earlier run wrote. Until it is closed no other
/// process can. What a killed run left there is taken over.
///
/// # Errors
/// [`ErrorKind::ResourceBusy`] when another process writes it; those of the system; with `resumed`, when there is none.
pub fn open(target: &Path, resumed: bool) -> io::Result<NamedTempFile> {
    let path = path_of(target);
    loop {
        let file = File::options().read(true).write(true).create(!resumed).truncate(false).open(&path)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(io::Error::new(ErrorKind::ResourceBusy, "another run is writing it; wait for that to end"));
            }
            // File systems without locks cannot tell two runs apart.
            Err(TryLockError::Error(error)) if error.kind() == ErrorKind::Unsupported => {}
            Err(TryLockError::Error(error)) => return Err(error),
        }
        // The other run may have given the file its final name, or removed it, before this one had the lock.
        if !is_still_there(&file, &path) {
            continue;
        }
        if !resumed {
            file.set_len(0)?;
        }
        return Ok(NamedTempFile::from_parts(file, TempPath::try_from_path(path)?));
    }
}

#[cfg(unix)]
fn is_still_there(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let identity = |metadata: std::fs::Metadata| (metadata.dev(), metadata.ino());
    file.metadata().ok().map(identity).is_some_and(|own| std::fs::metadata(path).ok().map(identity) == Some(own))
}

#[cfg(not(unix))]
fn is_still_there(_: &File, path: &Path) -> bool {
    // A file that is open cannot be renamed or removed by another process.
    path.exists()
}

#[cfg(test)]
mod tests {
    use super::{open, path_of};
    use std::io::{ErrorKind, Read, Write};

    #[test]
    fn one_writes_at_a_time_and_leftovers_are_taken_over() {
        let folder = tempfile::tempdir().expect("a folder");
        for name in ["out.jsonl".to_owned(), "n".repeat(250)] {
            let target = folder.path().join(name);
            let mut first = open(&target, false).expect("opened");
            first.write_all(b"half").expect("written");
            assert_eq!(open(&target, false).expect_err("locked").kind(), ErrorKind::ResourceBusy);
            assert_eq!(open(&target, true).expect_err("locked").kind(), ErrorKind::ResourceBusy);
            // A killed process leaves the file and loses the lock.
            first.disable_cleanup(true);
            drop(first);
            let mut kept = String::new();
            open(&target, true).expect("left").read_to_string(&mut kept).expect("read");
            assert_eq!(kept, "half");
            assert!(open(&target, true).is_err(), "it is removed when it is dropped");
            let again = open(&target, false).expect("opened");
            assert_eq!(again.as_file().metadata().expect("known").len(), 0);
            again.persist(&target).expect("named");
            assert!(!path_of(&target).exists());
        }
    }
}
