//! Texts that nothing may be learned from.

use crate::eval::corpus::marked::is_marked_file;
use std::path::{Path, PathBuf};

/// The name of the folders of a marked corpus that hold the texts on which models are measured.
const TEST: &str = "test";

/// A source that holds texts on which models are measured.
#[derive(Debug, thiserror::Error)]
#[error(
    "{}: the texts in a folder `test` measure what was learned from others, so that nothing is learned from them; give its sister folders",
    folder.display()
)]
pub struct TestFolder {
    folder: PathBuf,
}

/// Refuses a source that is a folder `test` of a marked corpus, lies in one, or has one in it.
///
/// # Errors
/// When it does; the error names the folder.
pub fn refuse_test_folder(path: &Path) -> Result<(), TestFolder> {
    // The name of the folder is not in a path such as `.`.
    let path = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let outermost = if path.is_dir() { Some(path.as_path()) } else { path.parent() };
    let files = walkdir::WalkDir::new(&path).sort_by_file_name().into_iter().filter_map(Result::ok);
    for file in files.filter(|entry| entry.file_type().is_file()) {
        let folders =
            file.path().ancestors().skip(1).take_while(|folder| outermost.is_some_and(|own| folder.starts_with(own)));
        let test = folders.into_iter().find(|folder| folder.file_name().is_some_and(|name| name == TEST));
        if let Some(folder) = test.filter(|_| is_marked_file(file.path())) {
            return Err(TestFolder { folder: folder.to_owned() });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::refuse_test_folder;

    #[test]
    fn a_folder_called_test_is_refused_from_outside_and_inside() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let root = folder.path();
        for name in ["en/train", "en/test", "plain/test"] {
            std::fs::create_dir_all(root.join(name)).expect("made");
        }
        let marked = "id: 1\ngenre: news\n\nRain.\n---\n";
        std::fs::write(root.join("en/train/a.txt"), marked).expect("written");
        std::fs::write(root.join("en/test/b.txt"), marked).expect("written");
        std::fs::write(root.join("plain/test/c.txt"), "Rain.").expect("written");
        for refused in ["en", "en/test", "en/test/b.txt", ""] {
            let error = refuse_test_folder(&root.join(refused)).err().map(|error| error.to_string());
            assert!(error.as_ref().is_some_and(|error| error.contains("test: the texts in")), "{refused}: {error:?}");
        }
        for taken in ["en/train", "en/train/a.txt", "plain", "plain/test", "nowhere"] {
            assert!(refuse_test_folder(&root.join(taken)).is_ok(), "{taken}");
        }
    }
}
