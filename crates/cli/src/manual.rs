//! `toponym completions` and `toponym man`: completions for shells and manual pages, made from the options.

use super::{Cli, Outcome};
use clap::{Args, CommandFactory};
use clap_complete::Shell;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

/// Write the completions for a shell to standard output.
///
/// For bash: toponym completions bash > ~/.local/share/bash-completion/completions/toponym
#[derive(Args)]
pub struct Completions {
    /// The shell.
    shell: Shell,
}

impl Completions {
    /// Runs the command.
    pub fn run(self) -> Outcome {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut Cli::command(), "toponym", &mut script);
        std::io::stdout().write_all(&script)?;
        Ok(ExitCode::SUCCESS)
    }
}

/// Write the manual page to standard output, or a page for every command into a folder.
#[derive(Args)]
pub struct Man {
    /// The folder, such as ~/.local/share/man/man1; it is created if necessary.
    folder: Option<PathBuf>,
}

impl Man {
    /// Runs the command.
    pub fn run(self) -> Outcome {
        // `help` needs no page for each command that it describes.
        let bare = |command: clap::Command| command.disable_help_subcommand(true);
        let mut command = bare(Cli::command()).mut_subcommands(bare);
        command.build();
        let Some(folder) = self.folder else {
            let mut page = Vec::new();
            clap_mangen::Man::new(command).render(&mut page)?;
            std::io::stdout().write_all(&page)?;
            return Ok(ExitCode::SUCCESS);
        };
        let cannot = |error| format!("{}: cannot be written: {error}; choose another folder", folder.display());
        std::fs::create_dir_all(&folder).map_err(cannot)?;
        clap_mangen::generate_to(command, &folder).map_err(cannot)?;
        Ok(ExitCode::SUCCESS)
    }
}
