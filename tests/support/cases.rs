//! The plain-text case files in `tests/cases/`; see `tests/cases/README.md`.

/// A text and what is expected of it.
pub struct Case {
    /// The file and the line of the text.
    pub at: String,
    pub text: String,
    /// The indented lines below it, each with its file and line.
    pub expectations: Vec<(String, String)>,
}

/// The cases of a file of `tests/cases/`, of which each must have an expectation.
pub fn read(file: &str) -> Vec<Case> {
    let path = super::root("tests/cases").join(file);
    let lines = std::fs::read_to_string(&path).expect("the case file is there");
    let lines = lines.lines().zip(1..).filter(|(line, _)| !line.starts_with('#') && !line.trim().is_empty());
    let mut cases: Vec<Case> = Vec::new();
    for (line, number) in lines {
        let at = format!("{}:{number}", path.display());
        if !line.starts_with(' ') {
            cases.push(Case { at, text: line.replace("\\n", "\n"), expectations: Vec::new() });
        } else {
            let case = cases.last_mut().unwrap_or_else(|| panic!("{at}: an expectation without a text"));
            case.expectations.push((at, line.trim().to_owned()));
        }
    }
    assert!(!cases.is_empty(), "{}: no cases", path.display());
    let bare = cases.iter().find(|case| case.expectations.is_empty());
    assert!(bare.is_none(), "{}: a text without an expectation", bare.map_or("", |case| &case.at));
    cases
}

/// A test for each case file of a folder, by `check(file)`, and one that no file is left out.
macro_rules! cases {
    ($folder:literal: $($name:ident)*) => {
        $(#[test]
        fn $name() {
            check(concat!($folder, stringify!($name), ".txt"));
        })*

        #[test]
        fn every_case_file_is_checked() {
            for file in std::fs::read_dir($crate::support::root(concat!("tests/cases/", $folder))).expect("the folder is there") {
                let name = file.expect("an entry").file_name();
                let checked = [$(concat!(stringify!($name), ".txt")),*].contains(&&*name.to_string_lossy());
                assert!(checked || !name.to_string_lossy().ends_with(".txt"), "add {name:?} to {}", file!());
            }
        }
    };
}
