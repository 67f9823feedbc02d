//! Files of options.

use super::as_text;
use std::path::Path;

/// A toponym.toml, for each command that it may set options of.
pub fn config(data: &[u8]) {
    let text = as_text(data, 2_000);
    for command in ["tag", "lookup", "near", "eval", "serve", "mcp"] {
        if let Err(message) = toponym_cli::options_with_file(command, Path::new("project/toponym.toml"), &text) {
            assert!(message.starts_with("project/toponym.toml: "), "{message}");
        }
    }
}
