//! Compiles each language's words into its lexicon, unpacks its recogniser, lists its tables, and reads every table once, so that a
//! mistake in one ends the build with file and line.

use std::fmt::Write;
use std::io::Read;
use std::path::{Path, PathBuf};
use toponym_text::language::{DeclinedDemonyms, Identification, Languages, PackFiles, Varieties, compile_words};

/// The folder to copy for a new language; it is none itself.
const TEMPLATE: &str = "template";

fn main() {
    println!("cargo::rerun-if-changed=.");
    let out = PathBuf::from(std::env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    let packs = packs(&out).unwrap_or_else(|error| panic!("the language packs cannot be compiled: {error}"));
    std::fs::write(out.join("packs.rs"), packs).expect("cargo's output folder can be written");
}

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

/// The source of the list of packs; what it includes is written to `out`.
fn packs(out: &Path) -> Outcome<String> {
    let (mut source, mut recognisers) = ("&[\n".to_owned(), "&[\n".to_owned());
    let mut packs = Vec::new();
    for folder in entries(Path::new("."))?.into_iter().filter(|path| path.is_dir() && name(path) != TEMPLATE) {
        let tag = name(&folder);
        let packed = folder.join("recogniser.model.zst");
        if packed.exists() {
            let recogniser = out.join(format!("{tag}.recogniser"));
            std::fs::write(&recogniser, unpack(&packed)?)?;
            writeln!(
                recognisers,
                "({tag:?}, {{ static FILE: &Aligned<[u8]> = &Aligned(*include_bytes!({recogniser:?})); &FILE.0 }}),"
            )?;
        }
        let lexicon = out.join(format!("{tag}.lexicon"));
        writeln!(source, "Pack {{ files: PackFiles {{ tag: {tag:?}, lexicon: include_bytes!({lexicon:?}), files: &[")?;
        let mut files = Vec::new();
        for file in tables(&folder)? {
            let path = file.strip_prefix(&folder)?.to_string_lossy().into_owned();
            writeln!(source, "({path:?}, include_str!({:?})),", std::fs::canonicalize(&file)?)?;
            files.push((&*path.leak(), &*std::fs::read_to_string(&file)?.leak()));
        }
        writeln!(source, "] }} }},")?;
        let mut pack = PackFiles { tag: tag.leak(), files: files.leak(), lexicon: &[] };
        pack.lexicon = compile_words(&pack)?.leak();
        std::fs::write(&lexicon, pack.lexicon)?;
        packs.push(pack);
    }
    for pack in &packs {
        DeclinedDemonyms::read(pack)?;
        Varieties::read(pack)?;
    }
    Languages::read(packs)?;
    let classifiers = unpack(Path::new("identification.bin.zst"))?;
    std::fs::write(out.join("identification.bin"), &classifiers)?;
    Identification::read(classifiers.leak(), &std::fs::read_to_string("scripts.tsv")?)?;
    source.push(']');
    recognisers.push(']');
    std::fs::write(out.join("recognisers.rs"), recognisers)?;
    Ok(source)
}

/// The tables of a folder and of the folders in it.
fn tables(folder: &Path) -> Outcome<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in entries(folder)? {
        if entry.is_dir() {
            files.extend(tables(&entry)?);
        } else if entry
            .extension()
            .is_some_and(|extension| extension == "tsv" || extension == "txt" || extension == "toml")
        {
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
