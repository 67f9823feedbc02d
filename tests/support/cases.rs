//! The plain-text case files in `tests/cases/`; see `tests/cases/README.md`.

/// Where the number of expectations that are known to fail is written down for each case file.
const KNOWN: &str = "tests/cases/known-to-fail.tsv";

/// A text and what is expected of it.
pub struct Case {
    /// The file and the line of the text.
    pub at: String,
    pub text: String,
    /// The language that the file states for the texts below its line `# lang TAG`; without one it is identified.
    pub lang: Option<String>,
    /// The indented lines below it.
    pub expectations: Vec<Expectation>,
}

impl Case {
    /// The text as a document, in the language that its file states.
    pub fn document(&self) -> toponym::Document {
        let document = toponym::Document::new("case", &*self.text);
        toponym::Document { lang: self.lang.clone(), ..document }
    }
}

/// One line below a text.
pub struct Expectation {
    /// The file and the line.
    pub at: String,
    /// What is expected, without the `?` before it.
    pub line: String,
    /// Marked `?`: known to fail.
    pub known: bool,
}

impl Expectation {
    /// What a test says of it, given what is wrong with the result: nothing if it is met, or fails and is known to.
    pub fn verdict(&self, wrong: Option<String>) -> Option<String> {
        match (self.known, wrong) {
            (false, wrong) => wrong.map(|wrong| format!("{}: {wrong}", self.at)),
            (true, Some(_)) => None,
            (true, None) => Some(format!("{}: passes now: take the ? away: {}", self.at, self.line)),
        }
    }
}

/// The cases of a file of `tests/cases/`, of which each must have an expectation.
pub fn read(file: &str) -> Vec<Case> {
    let path = super::root("tests/cases").join(file);
    let cases = parse(&path.display().to_string(), &std::fs::read_to_string(&path).expect("the case file is there"));
    assert!(!cases.is_empty(), "{}: no cases", path.display());
    let bare = cases.iter().find(|case| case.expectations.is_empty());
    assert!(bare.is_none(), "{}: a text without an expectation", bare.map_or("", |case| &case.at));
    cases
}

/// The cases in what a file says.
pub fn parse(path: &str, content: &str) -> Vec<Case> {
    let lines = content.lines().zip(1..).filter(|(line, _)| !line.trim().is_empty());
    let mut cases: Vec<Case> = Vec::new();
    let mut lang: Option<String> = None;
    for (line, number) in lines {
        if line.starts_with('#') {
            lang = line.strip_prefix("# lang ").map(|tag| tag.trim().to_owned()).or(lang);
            continue;
        }
        let at = format!("{path}:{number}");
        if !line.starts_with(' ') {
            cases.push(Case { at, text: line.replace("\\n", "\n"), lang: lang.clone(), expectations: Vec::new() });
        } else {
            let case = cases.last_mut().unwrap_or_else(|| panic!("{at}: an expectation without a text"));
            let unmarked = line.trim().strip_prefix('?');
            let line = unmarked.unwrap_or(line).trim().to_owned();
            // What cannot be met by any result would never be told to be without its `?`.
            assert!(line.starts_with(['+', '-', '~']), "{at}: {line:?} is not an expectation");
            case.expectations.push(Expectation { at, line, known: unmarked.is_some() });
        }
    }
    cases
}

/// What is wrong with the number of expectations of a file that are marked `?`, given the table of numbers: it may only
/// fall, and the table falls with it.
pub fn miscounted(table: &str, file: &str, cases: &[Case]) -> Option<String> {
    let marked = cases.iter().flat_map(|case| &case.expectations).filter(|expectation| expectation.known).count();
    let mut rows = table.lines().filter_map(|row| row.split_once('\t'));
    let count = rows.find(|(name, _)| *name == file).map_or("0", |(_, count)| count);
    let recorded: usize = count.parse().unwrap_or_else(|_| panic!("{KNOWN}: {file}: {count:?} is no number"));
    match marked {
        _ if marked > recorded => {
            Some(format!("{file}: {marked} expectations are marked ?, {recorded} in {KNOWN}: the number may only fall"))
        }
        _ if marked < recorded => {
            Some(format!("{file}: only {marked} expectations are marked ?: lower the {recorded} in {KNOWN}"))
        }
        _ => None,
    }
}

/// Fails with what is wrong with a file's results, and with its number of `?`.
pub fn conclude(file: &str, cases: &[Case], mut wrong: Vec<String>) {
    let table = std::fs::read_to_string(super::root(KNOWN)).expect("the table of what is known to fail is there");
    wrong.extend(miscounted(&table, file, cases));
    let checked: usize = cases.iter().map(|case| case.expectations.len()).sum();
    assert!(wrong.is_empty(), "{file}: {} mistakes in {checked} expectations:\n{}", wrong.len(), wrong.join("\n"));
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
