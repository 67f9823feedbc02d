//! What the end-to-end tests share.

#![allow(dead_code, unused_macros)]

#[macro_use]
pub mod cases;
pub mod growth;

use serde_json::Value;
use std::path::{Path, PathBuf};

/// A file or folder of the repository.
pub fn root(path: &str) -> PathBuf {
    let root =
        Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).expect("the program's crate lies two folders deep");
    root.join(path)
}

/// The program, ready for arguments, in the root of the repository.
pub fn toponym() -> assert_cmd::Command {
    let mut program = assert_cmd::Command::cargo_bin("toponym").expect("cargo builds the program");
    program.current_dir(root(""));
    program
}

/// What `toponym tag` writes for a text on standard input.
pub fn tag(text: &str, arguments: &[&str]) -> String {
    let output = toponym().arg("tag").args(arguments).write_stdin(text).assert().success().get_output().stdout.clone();
    String::from_utf8(output).expect("the output is UTF-8")
}

/// The features of a GeoJSON text.
pub fn features(geojson: &str) -> Vec<Value> {
    let collection: Value = serde_json::from_str(geojson).expect("the output is JSON");
    collection["features"].as_array().expect("a list of features").clone()
}

/// A file of `../shared`, which only some machines have; says so where it is absent.
pub fn shared(path: &str) -> Option<PathBuf> {
    let path = root("../shared").join(path);
    if !path.exists() {
        eprintln!("skipped: there is no {}", path.display());
    }
    path.exists().then_some(path)
}
