//! Compiles each language's words into its lexicon, unpacks its recogniser, lists its tables, and reads every table once, so that a
//! mistake in one ends the build with file and line.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::io::Read;
use std::path::{Path, PathBuf};
use toponym_text::fold;
use toponym_text::language::{FeatureTypes, Languages, PackFiles};
use toponym_text::lexicon::{self, Roles};
use toponym_text::table::{Table, TableError};

fn main() {
    println!("cargo::rerun-if-changed=.");
    let out = PathBuf::from(std::env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    let packs = packs(&out).unwrap_or_else(|error| panic!("the language packs cannot be compiled: {error}"));
    std::fs::write(out.join("packs.rs"), packs).expect("cargo's output folder can be written");
}

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

/// The source of the list of packs; what it includes is written to `out`.
fn packs(out: &Path) -> Outcome<String> {
    let mut source = "&[\n".to_owned();
    let mut packs = Vec::new();
    for folder in entries(Path::new("."))?.into_iter().filter(|path| path.is_dir()) {
        let tag = name(&folder);
        let lexicon = out.join(format!("{tag}.lexicon"));
        let compiled = compile_lexicon(&folder.join("words"))?;
        std::fs::write(&lexicon, &compiled)?;
        writeln!(source, "Pack {{ recogniser: ")?;
        let packed = folder.join("recogniser.model.zst");
        if packed.exists() {
            let recogniser = out.join(format!("{tag}.recogniser"));
            std::fs::write(&recogniser, unpack(&packed)?)?;
            writeln!(
                source,
                "Some({{ static FILE: &Aligned<[u8]> = &Aligned(*include_bytes!({recogniser:?})); &FILE.0 }}),"
            )?;
        } else {
            writeln!(source, "None,")?;
        }
        writeln!(source, "files: PackFiles {{ tag: {tag:?}, lexicon: include_bytes!({lexicon:?}), files: &[")?;
        let mut files = Vec::new();
        for file in tables(&folder)? {
            let path = file.strip_prefix(&folder)?.to_string_lossy().into_owned();
            writeln!(source, "({path:?}, include_str!({:?})),", std::fs::canonicalize(&file)?)?;
            files.push((&*path.leak(), &*std::fs::read_to_string(&file)?.leak()));
        }
        writeln!(source, "] }} }},")?;
        packs.push(PackFiles { tag: tag.leak(), files: files.leak(), lexicon: compiled.leak() });
    }
    Languages::read(packs)?;
    source.push(']');
    Ok(source)
}

/// The tables of a folder and of the folders in it.
fn tables(folder: &Path) -> Outcome<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in entries(folder)? {
        if entry.is_dir() {
            files.extend(tables(&entry)?);
        } else if entry.extension().is_some_and(|extension| extension == "tsv" || extension == "txt") {
            files.push(entry);
        }
    }
    Ok(files)
}

/// What a folder holds, by name, so that every build has it in the same order.
fn entries(folder: &Path) -> Outcome<Vec<PathBuf>> {
    let entries: Result<Vec<_>, _> = std::fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect();
    let mut entries = entries?;
    entries.sort();
    Ok(entries)
}

fn name(path: &Path) -> String {
    path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}

fn unpack(path: &Path) -> Outcome<Vec<u8>> {
    let mut plain = Vec::new();
    ruzstd::decoding::StreamingDecoder::new(std::fs::File::open(path)?)?.read_to_end(&mut plain)?;
    Ok(plain)
}

/// All of `words/` as one table: phrase -> roles.
fn compile_lexicon(words: &Path) -> Outcome<Vec<u8>> {
    let mut phrases: BTreeMap<String, Roles> = BTreeMap::new();
    for (file, roles) in [
        ("english.txt", Roles::ENGLISH),
        ("ordinary.txt", Roles::ORDINARY),
        ("given_names.txt", Roles::GIVEN),
        ("surnames.txt", Roles::SURNAME),
    ] {
        let path = words.join(file);
        if !path.exists() {
            continue;
        }
        let list = std::fs::read_to_string(&path).map_err(|source| TableError::Read { path, source })?;
        for word in list.lines().filter(|line| !line.starts_with('#')) {
            *phrases.entry(fold(word)).or_default() |= roles;
        }
    }
    let plain = |bytes: &[u8]| Ok(bytes.to_vec());
    for (file, columns) in [("context.tsv", ["phrase", "role"]), ("ambiguous.tsv", ["name", "reading"])] {
        let path = words.join(file);
        if !path.exists() {
            continue;
        }
        let mut table = Table::open(&path, &columns, plain)?;
        while let Some(line) = table.next_line() {
            let line = line?;
            let role = line.get(columns[1]);
            let mut roles = match role {
                "both" => Roles::MAYBE_WORD | Roles::MAYBE_PERSON,
                _ => Roles::named(role).ok_or_else(|| line.error(format!("{role:?} is not a role")))?,
            };
            if line.get("note").starts_with("place first") {
                roles |= Roles::PLACE_FIRST;
            }
            *phrases.entry(fold(line.get(columns[0]))).or_default() |= roles;
        }
    }
    let path = words.join("generic-types.tsv");
    if path.exists() {
        let mut table = Table::open(&path, &["phrase", "side", "types", "use"], plain)?;
        while let Some(line) = table.next_line() {
            let line = line?;
            let types = FeatureTypes::from_letters(line.get("types")).unwrap_or_default();
            let role = match line.get("side") {
                "before" => Roles::PLACE_BEFORE,
                _ if types == FeatureTypes::STREET => Roles::STREET_AFTER,
                _ => Roles::PLACE_AFTER,
            };
            if line.list("use").any(|use_| use_ == "cue") {
                *phrases.entry(fold(line.get("phrase"))).or_default() |= role;
            }
        }
    }
    phrases.remove("");
    Ok(lexicon::compile(&phrases)?)
}
