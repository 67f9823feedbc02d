//! The unit of docs/DEPLOY.md, held against systemd where there is one.

use crate::support::root;
use std::process::Command;

#[test]
fn systemd_knows_every_line_of_the_unit() {
    let page = std::fs::read_to_string(root("docs/DEPLOY.md")).expect("read");
    let unit = page.split("```ini\n").nth(1).and_then(|rest| rest.split("```").next()).expect("a unit");
    // The program need not be installed.
    let program = assert_cmd::cargo::cargo_bin("toponym");
    let unit = unit.replace("/usr/local/bin/toponym", &program.display().to_string());
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("toponym.service");
    std::fs::write(&file, unit).expect("written");
    match Command::new("systemd-analyze").arg("verify").arg(&file).output() {
        Err(_) => eprintln!("skipped: there is no systemd-analyze"),
        Ok(output) => {
            let told = String::from_utf8_lossy(&output.stderr);
            assert!(output.status.success() && !told.contains("toponym.service:"), "{told}");
        }
    }
}
