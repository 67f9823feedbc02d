//! Options from flags, environment and `toponym.toml`, and `toponym config`, which shows where each option is set.

use super::{Cli, Outcome, data_dir, suggestion};
use clap::builder::FalseyValueParser;
use clap::parser::ValueSource;
use clap::{Arg, ArgAction, ArgMatches, Args, Command, CommandFactory, FromArgMatches};
use std::any::TypeId;
use std::ffi::OsString;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use toml::{Table, Value};

/// The name of the file with the defaults of a project, in the current folder or one above it.
const FILE: &str = "toponym.toml";
/// The environment variable that names another such file; empty for none.
const FILE_VARIABLE: &str = "TOPONYM_CONFIG";
/// Commands whose options can be set by the file.
const COMMANDS: [&str; 6] = ["tag", "lookup", "near", "eval", "serve", "mcp"];

/// Show the values of options, and where each is set: by a flag, the environment, toponym.toml, or the default.
///
/// The output is itself a toponym.toml. The file is looked for in the current folder and those above it; TOPONYM_CONFIG
/// names another, or none when it is empty. Options at the top of the file apply to every command that has them, those
/// of a table such as `[tag]` to that command.
#[derive(Args)]
pub struct Config {
    /// The command whose options are shown: tag, lookup, near, eval, serve, mcp.
    #[arg(default_value = "tag", value_parser = COMMANDS)]
    command: String,
}

/// An option of a command, and where it is set.
pub struct Setting {
    name: String,
    /// The value in TOML; `None` if it is not set.
    value: Option<Value>,
    source: String,
}

/// The options that are set, by name.
pub fn values(settings: &[Setting]) -> Vec<(String, String)> {
    let set = settings.iter().filter_map(|setting| Some((setting.name.clone(), setting.value.as_ref()?.to_string())));
    set.collect()
}

/// Parses the arguments; options that it does not set are taken from the environment, else from the file. Usage
/// errors end the process.
///
/// # Errors
/// When the file is not TOML or sets an option that no command has.
pub fn parse(arguments: Vec<OsString>) -> Result<(Cli, Vec<Setting>), String> {
    let (matches, settings) = resolved(arguments, file)?;
    let cli = Cli::from_arg_matches(&matches).unwrap_or_else(|error| error.exit());
    Ok((cli, settings))
}

/// The names and values, in TOML, of the options of a command with a toponym.toml: the path where it lies, and its text.
///
/// # Errors
/// When the text is not TOML or sets an option that no command has.
pub fn with_file(command: &str, path: &Path, text: &str) -> Result<Vec<(String, String)>, String> {
    let (_, settings) = resolved(minimal(command), || Defaults::parse(path.to_owned(), text).map(Some))?;
    Ok(values(&settings))
}

/// The arguments with the options of the file inserted, and the settings of the command that they name.
fn resolved(
    mut arguments: Vec<OsString>,
    file: impl FnOnce() -> Result<Option<Defaults>, String>,
) -> Result<(ArgMatches, Vec<Setting>), String> {
    let command = with_environment(Cli::command(), &Cli::command());
    let matches = command.clone().try_get_matches_from(&arguments);
    let matches = matches.unwrap_or_else(|error| suggestion::with_suggestion(error, &command).exit());
    let Some((name, own)) = matches.subcommand().filter(|(name, _)| COMMANDS.contains(name)) else {
        return Ok((matches, Vec::new()));
    };
    let sub = command.find_subcommand(name).cloned().unwrap_or_default();
    let Some(file) = file()? else {
        let settings = settings(&sub, own, &[], Path::new(""));
        return Ok((matches, settings));
    };
    let (mut inserted, mut from_file) = (Vec::new(), Vec::new());
    for (key, value) in file.options(&command, name)? {
        let option = option_of(&sub, &key).filter(|option| !is_told(own, option));
        if let Some(option) = option {
            inserted.extend(file.flags(&key, value, option)?);
            from_file.push(key);
        }
    }
    // The name of the command comes first: no options stand before it.
    arguments.splice(2..2, inserted);
    let told = command.try_get_matches_from(&arguments).map_err(|error| {
        let message = error.to_string();
        format!("{}: {}", file.path.display(), message.strip_prefix("error: ").unwrap_or(&message).trim_end())
    })?;
    let settings = told.subcommand().map_or_else(Vec::new, |(_, own)| settings(&sub, own, &from_file, &file.path));
    Ok((told, settings))
}

/// The name of an option and those it had before.
fn names(option: &Arg) -> impl Iterator<Item = &str> {
    option.get_long().into_iter().chain(option.get_all_aliases().into_iter().flatten())
}

/// Lets an environment variable set each option too: `TOPONYM_TEXT_COLUMN` sets `--text-column`.
fn with_environment(command: Command, program: &Command) -> Command {
    let subcommands: Vec<String> = command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
    let command = command.mut_args(|option| match option.get_long() {
        Some("help" | "version") | None => option,
        Some(_) => {
            let variable = |name: &str| format!("TOPONYM_{}", name.to_uppercase().replace('-', "_"));
            let mut variables = names(&option).map(variable).collect::<Vec<_>>().into_iter();
            let usual = variables.next().unwrap_or_default();
            let earlier =
                variables.find(|earlier| std::env::var_os(&usual).is_none() && std::env::var_os(earlier).is_some());
            let variable = earlier.unwrap_or(usual);
            if std::env::var(&variable).is_ok_and(|value| is_for_others(&option, &value, program)) {
                return option;
            }
            let option = option.env(variable).hide_env(true);
            if is_flag(&option) { option.value_parser(FalseyValueParser::new()) } else { option }
        }
    });
    let environment = |command: Command| with_environment(command, program);
    subcommands.into_iter().fold(command, |command, name| command.mut_subcommand(name, environment))
}

/// Whether an option takes a value, as far as its possible values tell.
fn takes(option: &Arg, value: &str) -> bool {
    let values = option.get_possible_values();
    values.is_empty() || values.iter().any(|possible| possible.matches(value, false))
}

/// Whether a value that is set for all commands is one of another command's option of the same name and none of this one's:
/// `TOPONYM_FORMAT=gpkg` is for `tag`, and no mistake of `lookup`.
fn is_for_others(option: &Arg, value: &str, program: &Command) -> bool {
    let others = || program.get_subcommands().filter_map(|command| option_of(command, option.get_long()?));
    !takes(option, value) && others().any(|other| takes(other, value))
}

fn is_flag(option: &Arg) -> bool {
    matches!(option.get_action(), ArgAction::SetTrue)
}

/// The option of a command with this long name.
fn option_of<'c>(command: &'c Command, key: &str) -> Option<&'c Arg> {
    command.get_arguments().find(|option| key != "help" && names(option).any(|name| name == key))
}

/// Whether a flag or the environment sets an option.
fn is_told(matches: &ArgMatches, option: &Arg) -> bool {
    let source = matches.value_source(option.get_id().as_str());
    matches!(source, Some(ValueSource::CommandLine | ValueSource::EnvVariable))
}

/// A file of defaults.
struct Defaults {
    path: PathBuf,
    table: Table,
}

/// The file that applies in the current folder, if there is one.
fn file() -> Result<Option<Defaults>, String> {
    let path = match std::env::var_os(FILE_VARIABLE) {
        Some(path) if path.is_empty() => return Ok(None),
        Some(path) => PathBuf::from(path),
        None => {
            let here = std::env::current_dir().unwrap_or_default();
            let Some(path) = here.ancestors().map(|folder| folder.join(FILE)).find(|path| path.is_file()) else {
                return Ok(None);
            };
            path
        }
    };
    let text = std::fs::read_to_string(&path)
        .map_err(|error| format!("{}: cannot be read: {error}; check {FILE_VARIABLE}", path.display()))?;
    Defaults::parse(path, &text).map(Some)
}

/// Arguments with which a command runs that is given no options.
fn minimal(command: &str) -> Vec<OsString> {
    let operand = match command {
        "near" => Some("0,0"),
        "serve" | "mcp" => None,
        _ => Some("-"),
    };
    ["toponym", command].into_iter().chain(operand).map(OsString::from).collect()
}

impl Defaults {
    fn parse(path: PathBuf, text: &str) -> Result<Self, String> {
        let table = text.parse().map_err(|error| format!("{}: is no TOML: {error}", path.display()))?;
        Ok(Defaults { path, table })
    }

    /// The options that it sets for a command; those of the command's own table win.
    fn options(&self, command: &Command, name: &str) -> Result<Vec<(String, &Value)>, String> {
        let sub = |name: &str| command.find_subcommand(name).filter(|_| COMMANDS.contains(&name));
        let commands = || COMMANDS.iter().filter_map(|name| sub(name));
        let unknown = |key: &str, of: &str, known: &[&Command]| {
            let options = known.iter().flat_map(|command| command.get_arguments()).filter_map(Arg::get_long);
            let meant =
                suggestion::nearest(key, options).map_or(String::new(), |near| format!("; did you mean {near}?"));
            format!("{}: {of} option {key}{meant}; see `toponym help {name}`", self.path.display())
        };
        // By the name that the option has today.
        let named = |sub: &Command, key: &str| option_of(sub, key).and_then(Arg::get_long).map(str::to_owned);
        let mut options = Vec::new();
        for (key, value) in &self.table {
            match (value, sub(key)) {
                (Value::Table(own), Some(sub)) => {
                    for (key, value) in own {
                        let Some(long) = named(sub, key) else {
                            return Err(unknown(key, &format!("`{}` has no", sub.get_name()), &[sub]));
                        };
                        if sub.get_name() == name {
                            options.push((long, value));
                        }
                    }
                }
                _ if commands().any(|sub| option_of(sub, key).is_some()) => {}
                _ => return Err(unknown(key, "no command has an", &commands().collect::<Vec<_>>())),
            }
        }
        let own = sub(name);
        let general = self.table.iter().filter(|(_, value)| !value.is_table());
        let general = general.filter_map(|(key, value)| Some((named(own?, key)?, value)));
        let general: Vec<_> = general
            .filter(|(key, value)| {
                let option = own.and_then(|own| option_of(own, key));
                let others =
                    option.zip(value.as_str()).is_some_and(|(option, text)| is_for_others(option, text, command));
                !others && !options.iter().any(|(own, _)| own == key)
            })
            .collect();
        options.extend(general);
        Ok(options)
    }

    /// An option as command-line arguments. Paths are relative to the folder of the file.
    fn flags(&self, key: &str, value: &Value, option: &Arg) -> Result<Vec<OsString>, String> {
        let is_path = option.get_value_parser().type_id() == TypeId::of::<PathBuf>();
        let flag = |text: String| {
            let folder = self.path.parent().filter(|_| is_path && text != "-").unwrap_or(Path::new(""));
            let path = folder.join(&text);
            // The name of a downloaded gazetteer is no path.
            let is_name = key == "gazetteer" && data_dir::is_name(Path::new(&text)) && !path.exists();
            let mut flag = OsString::from(format!("--{key}="));
            flag.push(if is_name { PathBuf::from(text) } else { path });
            flag
        };
        let wrong = || format!("{}: {key} cannot be {value}; see `toponym help`", self.path.display());
        let text = |value: &Value| match value {
            Value::String(text) => Ok(text.clone()),
            Value::Integer(_) | Value::Float(_) => Ok(value.to_string()),
            _ => Err(wrong()),
        };
        match value {
            Value::Boolean(on) if is_flag(option) => Ok(on.then(|| format!("--{key}").into()).into_iter().collect()),
            Value::Array(list) => list.iter().map(|value| text(value).map(flag)).collect(),
            _ if is_flag(option) => Err(wrong()),
            _ => Ok(vec![flag(text(value)?)]),
        }
    }
}

/// The options of a command with their values, and where each is set.
fn settings(command: &Command, matches: &ArgMatches, from_file: &[String], file: &Path) -> Vec<Setting> {
    let named = command.get_arguments().filter_map(|option| Some((option, option.get_long()?)));
    let settings = named.filter(|(_, long)| *long != "help").map(|(option, long)| {
        let id = option.get_id().as_str();
        let source = match matches.value_source(id) {
            Some(_) if from_file.iter().any(|key| key == long) => file.display().to_string(),
            Some(ValueSource::CommandLine) => format!("--{long}"),
            Some(ValueSource::EnvVariable) => option.get_env().unwrap_or_default().to_string_lossy().into_owned(),
            _ => "default".to_owned(),
        };
        let value = if is_flag(option) {
            Some(Value::Boolean(matches.get_flag(id)))
        } else {
            let texts = matches.get_raw(id).into_iter().flatten().map(|text| text.to_string_lossy().into_owned());
            let mut texts: Vec<Value> =
                texts.map(|text| text.parse().map_or(Value::String(text), Value::Integer)).collect();
            match option.get_action() {
                ArgAction::Append if !texts.is_empty() => Some(Value::Array(texts)),
                _ => texts.pop(),
            }
        };
        Setting { name: long.to_owned(), value, source }
    });
    settings.collect()
}

impl Config {
    /// Runs the command.
    pub fn run(self) -> Outcome {
        let (_, settings) = resolved(minimal(&self.command), file)?;
        let mut out = std::io::stdout().lock();
        writeln!(out, "[{}]", self.command)?;
        for setting in settings {
            match setting.value {
                Some(value) => writeln!(out, "{} = {value}  # {}", setting.name, setting.source)?,
                None => writeln!(out, "# {} is not set", setting.name)?,
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}
