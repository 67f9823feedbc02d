//! Arguments -> documents.

use clap::Args;
use std::io::Read;
use std::path::{Path, PathBuf};
use toponym::document::{Columns, Inputs, MAX_DOCUMENT, ReadOptions};

/// The inputs, and how they are read.
#[derive(Args)]
#[command(next_help_heading = "Input")]
pub struct Input {
    /// Files, folders and patterns to read; standard input when there is none, or for `-`.
    ///
    /// Of a folder, all files of a known format are read, also in its subfolders, in the order of their names. Any file
    /// may be compressed with gzip or zstd. JSON lines on standard input are answered as they come.
    #[arg(value_name = "FILE", help_heading = None)]
    pub files: Vec<PathBuf>,
    /// Read the files that are named in LIST too, one a line; `-` is standard input.
    #[arg(long, value_name = "LIST")]
    pub files_from: Option<PathBuf>,
    /// Format of the input [default: by its name, else by its beginning]
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub input: Option<crate::values::InputFormat>,
    /// Column with the text, in tables [default: text, body, content, article or story]
    #[arg(long, value_name = "NAME", hide_short_help = true)]
    pub text_column: Option<String>,
    /// Column with the id, in tables [default: id]
    #[arg(long, value_name = "NAME", hide_short_help = true)]
    pub id_column: Option<String>,
    /// Column with the title, in tables [default: title or headline]
    #[arg(long, value_name = "NAME", hide_short_help = true)]
    pub title_column: Option<String>,
    /// Column with the date, in tables [default: date, published and their like]
    #[arg(long, value_name = "NAME", hide_short_help = true)]
    pub date_column: Option<String>,
    /// Largest document that is read, in bytes.
    ///
    /// A document is a file, or a line, row, item or record of one, unpacked. A larger one is an error, and the others are
    /// read. Pages, mails and Word documents may have four times as many with their markup.
    #[arg(long, value_name = "BYTES", default_value_t = MAX_DOCUMENT, value_parser = clap::value_parser!(u64).range(1..))]
    #[arg(hide_short_help = true)]
    pub max_document: u64,
}

impl Input {
    /// Whether documents are read from standard input.
    pub fn is_standard_input(&self) -> bool {
        let named = self.files.iter().any(|file| file.as_os_str() == "-");
        named || self.files.is_empty() && self.files_from.is_none()
    }

    /// Whether the list of files is read from there.
    pub fn is_listed_there(&self) -> bool {
        self.files_from.as_deref().is_some_and(|list| list.as_os_str() == "-")
    }

    /// The inputs to read.
    ///
    /// # Errors
    /// When the list of files cannot be read.
    pub fn open(&self) -> Result<Inputs, String> {
        let mut files = self.files.clone();
        if let Some(list) = &self.files_from {
            files.extend(lines_of(list).map_err(|error| {
                format!("{}: cannot be read: {error}; give --files-from a text file with a path a line", list.display())
            })?);
        }
        if self.files.is_empty() && self.files_from.is_none() {
            files.push("-".into());
        }
        let columns = Columns {
            text: self.text_column.clone(),
            id: self.id_column.clone(),
            title: self.title_column.clone(),
            date: self.date_column.clone(),
        };
        Ok(Inputs::new(
            files,
            ReadOptions { format: self.input.map(Into::into), columns, max_document: self.max_document },
        ))
    }
}

fn lines_of(list: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut text = String::new();
    if list.as_os_str() == "-" {
        std::io::stdin().lock().read_to_string(&mut text)?;
    } else {
        text = std::fs::read_to_string(list)?;
    }
    Ok(text.lines().map(str::trim).filter(|line| !line.is_empty()).map(PathBuf::from).collect())
}
