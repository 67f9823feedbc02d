//! What a user may have meant.

use clap::Command;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use std::path::Path;

/// Names that other programs have for the commands of this one: the other name, a tab, the command.
const OTHER_NAMES: &str = include_str!("other-names.tsv");

fn other_names() -> impl Iterator<Item = (&'static str, &'static str)> {
    OTHER_NAMES.lines().filter_map(|line| line.split_once('\t'))
}

/// How alike two names must be for one to be meant by the other, 0 to 1.
const ALIKE: f64 = 0.8;

/// The name that is most like what was written, if one is like it.
pub fn nearest<'n>(written: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let likeness = |name: &str| {
        // In a short name two letters that changed places are already a third of it.
        let is_slip = name.len() > 2 && strsim::osa_distance(written, name) == 1;
        if is_slip { 1.0 } else { strsim::jaro_winkler(written, name) }
    };
    let alike = names.map(|name| (likeness(name), name)).filter(|(likeness, _)| *likeness >= ALIKE);
    alike.max_by(|(one, _), (other, _)| one.total_cmp(other)).map(|(_, name)| name)
}

/// The error, with the command that an unknown one may stand for: a file or an address is for `tag`, what other programs call a
/// command is that one, and a misspelt name is the nearest. `program` has the commands.
pub fn with_suggestion(mut error: clap::Error, program: &Command) -> clap::Error {
    if error.kind() != ErrorKind::InvalidSubcommand {
        return error;
    }
    let Some(ContextValue::String(written)) = error.get(ContextKind::InvalidSubcommand) else { return error };
    let lower = written.to_lowercase();
    let other_name = |written: &str| other_names().find(|(other, _)| *other == written).map(|(_, command)| command);
    let tip = if written == "-" || written.contains("://") || Path::new(written).exists() {
        format!("to find the places that it mentions: toponym tag {written}")
    } else if let Some(command) = other_name(&lower) {
        format!("the command for that is: toponym {command}")
    } else if error.get(ContextKind::SuggestedSubcommand).is_some() {
        // Its words begin alike, and the error has its suggestion.
        return error;
    } else {
        let commands = program.get_subcommands().map(Command::get_name);
        let Some(name) = nearest(&lower, commands.chain(other_names().map(|(other, _)| other))) else {
            return error;
        };
        format!("a similar command exists: toponym {}", other_name(name).unwrap_or(name))
    };
    error.remove(ContextKind::SuggestedSubcommand);
    error.insert(ContextKind::Suggested, ContextValue::StyledStrs(vec![tip.into()]));
    error
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn the_nearest_name_is_meant_if_it_is_near() {
        let names = ["format", "offsets", "only-given-gazetteers"];
        assert_eq!(nearest("tga", ["eval", "tag"].into_iter()), Some("tag"));
        assert_eq!(nearest("fromat", names.into_iter()), Some("format"));
        assert_eq!(nearest("only-gazetteers", names.into_iter()), Some("only-given-gazetteers"));
        assert_eq!(nearest("colour", names.into_iter()), None);
    }
}
