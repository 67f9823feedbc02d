//! Container cues: what stands between two names and says that one place contains the other, such as the comma of "Paris, Texas".

use super::PackFiles;
use crate::hash::hash;
use crate::table::TableError;

/// The container cues of a language.
#[derive(Clone, Debug, Default)]
pub struct ContainerCues {
    behind: Vec<Cue>,
    before: Vec<Cue>,
    near: Vec<Cue>,
    explained: Vec<Cue>,
}

#[derive(Clone, Debug)]
struct Cue {
    steps: Vec<Step>,
    strength: f32,
}

/// A part of what stands between two names: characters without white space between them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GapPart {
    /// The [`crate::key`] of a word or a mark that stands alone; `None` for several in one.
    pub key: Option<u64>,
    /// Whether a full stop, a comma or a semicolon is in it.
    pub clause_mark: bool,
    /// Whether a hyphen or a slash is in it.
    pub joint: bool,
}

impl GapPart {
    /// A word, by its key.
    pub fn word(key: u64) -> Self {
        GapPart { key: Some(key), clause_mark: false, joint: false }
    }
}

/// How tables write the mark of the genitive; its [`hash`] is the key of its [`GapPart`].
pub const GENITIVE: &str = "'s";

#[derive(Clone, Debug)]
enum Step {
    /// One of the words or marks with these keys.
    One(Vec<u64>),
    /// None of the words with these keys follows.
    Not(Vec<u64>),
    /// Up to a number of parts without a clause mark.
    Words { most: usize },
    /// One part of whatever kind.
    Any,
    /// One part without a clause mark, a hyphen or a slash.
    Bare,
}

/// Parts that `{words}` matches at most.
const WORDS: usize = 3;

impl ContainerCues {
    /// The cues of a pack; none if it lacks the table.
    ///
    /// # Errors
    /// At the first line with an unknown side, a strength that is no number, or a pattern that cannot be read.
    pub fn read(files: &PackFiles) -> Result<Self, TableError> {
        let mut cues = ContainerCues::default();
        files.each_line("containers.tsv", &["side", "strength", "pattern"], |line| {
            let strength = line.number("strength", 0.0..=10.0)? as f32;
            let steps = line.get("pattern").split(' ').filter(|step| *step != "{nothing}").map(step);
            let steps = steps.collect::<Result<Vec<Step>, String>>().map_err(|reason| line.error(reason))?;
            match line.get("side") {
                "behind" => cues.behind.push(Cue { steps, strength }),
                "before" => cues.before.push(Cue { steps, strength }),
                "near" => cues.near.push(Cue { steps, strength }),
                "explained" => {
                    cues.explained.push(Cue { steps: steps.clone(), strength });
                    cues.behind.push(Cue { steps, strength });
                }
                side => return Err(line.error(format!("side is {side:?}, not behind, before, near or explained"))),
            }
            Ok(())
        })?;
        Ok(cues)
    }

    /// How surely a gap says that the place behind it contains the one before it; 0 if it does not say so.
    pub fn behind(&self, gap: &[GapPart]) -> f32 {
        strength(&self.behind, gap)
    }

    /// How surely a gap says that the place before it contains the one behind it; 0 if it does not say so.
    pub fn before(&self, gap: &[GapPart]) -> f32 {
        strength(&self.before, gap)
    }

    /// How surely a gap says that the place before it lies beside the one behind it; 0 if it does not say so.
    pub fn near(&self, gap: &[GapPart]) -> f32 {
        strength(&self.near, gap)
    }

    /// Whether a gap that says so may begin with this part: "is", a comma.
    pub fn begins_explained(&self, part: &GapPart) -> bool {
        let begins = |step: &Step| matches!(step, Step::One(keys) if part.key.is_some_and(|key| keys.contains(&key)));
        self.explained.iter().any(|cue| cue.steps.first().is_some_and(begins))
    }

    /// Whether a gap says that what stands before it is a settlement in the place behind it.
    pub fn says_settlement(&self, gap: &[GapPart]) -> bool {
        strength(&self.explained, gap) > 0.0
    }
}

fn strength(cues: &[Cue], gap: &[GapPart]) -> f32 {
    cues.iter().find(|cue| fits(&cue.steps, gap)).map_or(0.0, |cue| cue.strength)
}

/// Whether steps match the whole of a gap.
fn fits(steps: &[Step], gap: &[GapPart]) -> bool {
    let Some((step, steps)) = steps.split_first() else { return gap.is_empty() };
    let one =
        |fit: &dyn Fn(&GapPart) -> bool| gap.split_first().is_some_and(|(part, gap)| fit(part) && fits(steps, gap));
    let among = |keys: &[u64], part: &GapPart| part.key.is_some_and(|key| keys.contains(&key));
    match step {
        Step::One(keys) => one(&|part| among(keys, part)),
        Step::Not(keys) => !gap.first().is_some_and(|part| among(keys, part)) && fits(steps, gap),
        Step::Words { most } => {
            let run = gap.iter().take(*most).take_while(|part| !part.clause_mark).count();
            (0..=run).any(|count| fits(steps, &gap[count..]))
        }
        Step::Any => one(&|_| true),
        Step::Bare => one(&|part| !part.clause_mark && !part.joint),
    }
}

fn step(written: &str) -> Result<Step, String> {
    let keys = |words: &str| words.split('|').map(hash).collect();
    Ok(match written {
        "" => return Err("the pattern has an empty part".into()),
        "{words}" => Step::Words { most: WORDS },
        "{many}" => Step::Words { most: usize::MAX },
        "{any}" => Step::Any,
        "{bare}" => Step::Bare,
        _ if written.starts_with('{') => return Err(format!("there is no {written:?}")),
        _ => match written.strip_prefix('!') {
            Some(words) => Step::Not(keys(words)),
            None => Step::One(keys(written)),
        },
    })
}

#[cfg(test)]
mod tests {
    use super::{ContainerCues, GapPart};
    use crate::hash;
    use crate::language::PackFiles;

    fn cues(lines: &str) -> Result<ContainerCues, String> {
        let text: &str = format!("side\tstrength\tpattern\n{lines}").leak();
        let files: &[_] = vec![("containers.tsv", text)].leak();
        ContainerCues::read(&PackFiles { tag: "xx", files, lexicon: &[] }).map_err(|error| error.to_string())
    }

    fn gap(text: &str) -> Vec<GapPart> {
        let part = |part: &str| GapPart {
            key: Some(hash(part)),
            clause_mark: part.contains([',', '.', ';']),
            joint: part.contains(['-', '/']),
        };
        text.split_whitespace().map(part).collect()
    }

    #[test]
    fn patterns_fit_whole_gaps() {
        let lines = "behind\t4\t,\nbehind\t2\tin {words}\nbehind\t1\tis|was {many} in\nbefore\t3\t{any} of\n\
                     before\t2\t{nothing}\nbefore\t1\t!and {bare}\n";
        let cues = cues(lines).expect("a sound table");
        for (text, behind, before) in [
            (",", 4.0, 0.0),
            ("in", 2.0, 1.0),
            ("in the old town", 2.0, 0.0),
            ("in the old town hall of", 0.0, 0.0),
            ("in , the", 0.0, 0.0),
            ("was one two three four five in", 1.0, 0.0),
            ("was one . in", 0.0, 0.0),
            (", of", 0.0, 3.0),
            ("", 0.0, 2.0),
            ("and", 0.0, 0.0),
            ("-", 0.0, 0.0),
            ("near", 0.0, 1.0),
        ] {
            assert_eq!((cues.behind(&gap(text)), cues.before(&gap(text))), (behind, before), "{text:?}");
        }
    }

    #[test]
    fn a_settlement_lies_in_what_follows() {
        let cues = cues("explained\t3\t, {words} village in {words}\nbehind\t4\t,\n").expect("a sound table");
        assert!(cues.says_settlement(&gap(", a border village in northern")) && !cues.says_settlement(&gap(",")));
        assert_eq!(cues.behind(&gap(", a border village in northern")), 3.0);
    }

    #[test]
    fn wrong_lines_are_named() {
        for (lines, reason) in [
            ("ahead\t4\t,\n", "containers.tsv:2: side is \"ahead\""),
            ("behind\tmuch\t,\n", "containers.tsv:2: strength is \"much\""),
            ("behind\t4\tin {town}\n", "containers.tsv:2: there is no \"{town}\""),
            ("behind\t4\t\n", "containers.tsv:2: the pattern has an empty part"),
        ] {
            let error = cues(lines).err().unwrap_or_default();
            assert!(error.contains(reason), "{error}");
        }
    }
}
