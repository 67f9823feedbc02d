//! The words and phrases of a pack with their roles: the folder `words/`, compiled into the lexicon.

use super::{FeatureTypes, PackFiles};
use crate::fold;
use crate::lexicon::{self, Roles};
use crate::table::TableError;
use std::collections::BTreeMap;

/// Lists of words that all have one role.
const LISTS: [(&str, Roles); 4] = [
    ("words/english.txt", Roles::ENGLISH),
    ("words/ordinary.txt", Roles::ORDINARY),
    ("words/given_names.txt", Roles::GIVEN),
    ("words/surnames.txt", Roles::SURNAME),
];

/// Compiles the lists and tables of `words/` into what [`lexicon::Lexicon::open`] opens. Phrases are folded here.
///
/// # Errors
/// At the first line whose phrase is empty or whose role is unknown.
pub fn compile_words(files: &PackFiles) -> Result<Vec<u8>, TableError> {
    let mut phrases: BTreeMap<String, Roles> = BTreeMap::new();
    for (file, roles) in LISTS {
        for word in super::WordList::read(files, file).iter() {
            *phrases.entry(fold(word)).or_default() |= roles;
        }
    }
    files.each_line("words/context.tsv", &["phrase", "role"], |line| {
        let role = line.get("role");
        let roles = Roles::named(role).ok_or_else(|| line.error(format!("{role:?} is not a role")))?;
        add(&mut phrases, line.get("phrase"), roles).map_err(|reason| line.error(reason))
    })?;
    files.each_line("words/ambiguous.tsv", &["name", "reading"], |line| {
        let mut roles = match line.get("reading") {
            "word" => Roles::MAYBE_WORD,
            "person" => Roles::MAYBE_PERSON,
            "both" => Roles::MAYBE_WORD | Roles::MAYBE_PERSON,
            other => return Err(line.error(format!("{other:?} is not a reading: word, person or both"))),
        };
        if line.get("note").starts_with("place first") {
            roles |= Roles::PLACE_FIRST;
        }
        add(&mut phrases, line.get("name"), roles).map_err(|reason| line.error(reason))
    })?;
    files.each_line("words/generic-types.tsv", &["phrase", "side", "types", "use"], |line| {
        if !line.list("use").any(|purpose| purpose == "cue") {
            return Ok(());
        }
        let types = FeatureTypes::from_letters(line.get("types")).unwrap_or_default();
        let role = match line.get("side") {
            "before" => Roles::PLACE_BEFORE,
            _ if types == FeatureTypes::STREET => Roles::STREET_AFTER,
            _ => Roles::PLACE_AFTER,
        };
        add(&mut phrases, line.get("phrase"), role).map_err(|reason| line.error(reason))
    })?;
    let error =
        |unfit: lexicon::Unfit| TableError::Line { path: files.path("words"), line: 0, reason: unfit.to_string() };
    lexicon::compile(&phrases).map_err(error)
}

fn add(phrases: &mut BTreeMap<String, Roles>, phrase: &str, roles: Roles) -> Result<(), String> {
    let folded = fold(phrase);
    if folded.is_empty() {
        return Err(format!("{phrase:?} is not a phrase"));
    }
    *phrases.entry(folded).or_default() |= roles;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::compile_words;
    use crate::language::PackFiles;
    use crate::lexicon::{Lexicon, Roles};

    fn compile(files: &[(&'static str, &'static str)]) -> Result<Vec<u8>, String> {
        let files = PackFiles { tag: "en", files: files.to_vec().leak(), lexicon: &[] };
        compile_words(&files).map_err(|error| error.to_string())
    }

    #[test]
    fn lists_and_tables_give_roles() {
        let context = ("words/context.tsv", "phrase\trole\nBank of\torg-before\ncounty\tplace-after\n");
        let ambiguous = ("words/ambiguous.tsv", "name\treading\tnote\nnice\tboth\tplace first: Nice, France\n");
        let bytes = compile(&[("words/english.txt", "# words\ncounty\n"), context, ambiguous]).expect("sound");
        let lexicon = Lexicon::open(bytes).expect("compiled");
        assert!(lexicon.roles("county").any(Roles::ENGLISH) && lexicon.roles("county").is_place_type());
        assert!(lexicon.roles("bank of").any(Roles::ORG_BEFORE));
        for role in [Roles::MAYBE_WORD, Roles::MAYBE_PERSON, Roles::PLACE_FIRST] {
            assert!(lexicon.roles("nice").any(role));
        }
    }

    #[test]
    fn unknown_roles_and_readings_are_errors_with_file_and_line() {
        let error = |file, text| compile(&[(file, text)]).expect_err("wrong");
        let wrong = error("words/context.tsv", "phrase\trole\ncounty\tplaces\n");
        assert_eq!(wrong, "data/languages/en/words/context.tsv:2: \"places\" is not a role");
        let wrong = error("words/ambiguous.tsv", "name\treading\tnote\nnice\tplace\t\n");
        assert_eq!(wrong, "data/languages/en/words/ambiguous.tsv:2: \"place\" is not a reading: word, person or both");
    }
}
