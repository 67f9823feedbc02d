//! The paths that a command reads and writes, compared by the files that they lead to before any of them is opened.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use toponym::document::Format;

/// A file as the system knows it, whatever path leads to it.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Identity {
    /// Device and number of a file that exists.
    #[cfg(unix)]
    Inode(u64, u64),
    /// The path without links; of a file that does not exist, its folder without links, and its name.
    Path(PathBuf),
}

/// The file that a path leads to; `None` for standard input, pipes, devices, and what lies in no folder, which nothing
/// can overwrite.
fn identity(path: &Path) -> Option<Identity> {
    if path.as_os_str() == "-" {
        return None;
    }
    match std::fs::metadata(path) {
        #[cfg(unix)]
        Ok(metadata) => {
            use std::os::unix::fs::MetadataExt;
            metadata.is_file().then(|| Identity::Inode(metadata.dev(), metadata.ino()))
        }
        #[cfg(not(unix))]
        Ok(metadata) => metadata.is_file().then(|| std::fs::canonicalize(path).ok().map(Identity::Path))?,
        Err(_) => Some(Identity::Path(folder_of(path)?.join(path.file_name()?))),
    }
}

/// The folder of a path, without links.
fn folder_of(path: &Path) -> Option<PathBuf> {
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    std::fs::canonicalize(parent).ok()
}

/// Fails if a command would write to a file that it reads, or twice to one file. `written` are pairs of the option, as
/// its user knows it, and its path. `searched` are the folders that all files are read of.
///
/// # Errors
/// A message that names both uses of the file, and what to do.
pub fn check(
    written: &[(&str, &Path)],
    read: impl IntoIterator<Item = (&'static str, PathBuf)>,
    searched: &[PathBuf],
) -> Result<(), String> {
    let mut uses: HashMap<Identity, &str> = HashMap::new();
    for &(option, path) in written {
        let Some(file) = identity(path) else { continue };
        if let Some(other) = uses.insert(file, option) {
            return Err(format!("{}: {other} and {option} are one file; choose another {option}", path.display()));
        }
        if let Some(folder) = searched.iter().find(|folder| would_be_read(path, folder)) {
            return Err(format!(
                "{} lies in {}, which is read; choose another {option}",
                path.display(),
                folder.display()
            ));
        }
    }
    if uses.is_empty() {
        return Ok(());
    }
    for (what, path) in read {
        if let Some(option) = identity(&path).and_then(|file| uses.get(&file)) {
            return Err(format!(
                "{} is {what} and would be overwritten by {option}; choose another {option}",
                path.display()
            ));
        }
    }
    Ok(())
}

/// Whether a file that is written would be among those that a folder is searched for.
fn would_be_read(written: &Path, folder: &Path) -> bool {
    let known = Format::of_name(&written.to_string_lossy()).is_some();
    let within = || Some(folder_of(written)?.starts_with(std::fs::canonicalize(folder).ok()?));
    known && folder.is_dir() && within().unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use super::check;
    use std::path::Path;

    #[test]
    fn one_file_by_any_path_is_one_file() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = |name: &str| folder.path().join(name);
        std::fs::create_dir(path("d")).expect("made");
        std::fs::write(path("a.txt"), "Homs").expect("written");
        std::fs::hard_link(path("a.txt"), path("d/b.txt")).expect("linked");
        let writes = |out: &Path, read: &Path| check(&[("OUT", out)], [("an input", read.to_owned())], &[]);
        assert!(writes(&path("a.txt"), &path("d/../a.txt")).is_err());
        assert!(writes(&path("a.txt"), &path("d/b.txt")).is_err_and(|message| message.contains("an input")));
        assert!(writes(&path("new.txt"), &path("d/../new.txt")).is_err(), "also what does not exist yet");
        assert!(writes(&path("c.txt"), &path("a.txt")).is_ok());
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(path("a.txt"), path("link")).expect("linked");
            assert!(writes(&path("link"), &path("a.txt")).is_err());
            assert!(writes(Path::new("/dev/null"), Path::new("/dev/null")).is_ok());
        }
        let (one, same) = (path("x"), path("d/../x"));
        assert!(check(&[("OUT", &one), ("--errors", &same)], [], &[]).is_err_and(|m| m.contains("are one file")));
        assert!(check(&[("OUT", &path("d/o.jsonl"))], [], &[path("d")]).is_err());
        assert!(check(&[("OUT", &path("d/o.gpkg"))], [], &[path("d")]).is_ok(), "of no format that is read");
    }
}
