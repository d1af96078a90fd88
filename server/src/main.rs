//! The command line.

use anyhow::{Context, Result, bail};
use clap::{Parser, Subcommand};
use platform::config::Config;
use server::{admin, backup, health, import, migrate, offline, openapi, serve, types, workspace};
use std::{path::PathBuf, process::ExitCode};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// A place where a team or a class talks, live or in its own time.
#[derive(Parser)]
#[command(name = "antiphon", version, about)]
struct Cli {
    /// The configuration file; without it ANTIPHON_CONFIG, else antiphon.toml in this folder if there is one.
    #[arg(long, global = true)]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Run the server.
    Serve,
    /// Say whether the running server is well. Ends with 1 when something is broken or nobody answers.
    Health {
        /// End with 1 also when somebody should look at something.
        #[arg(long)]
        strict: bool,
    },
    /// Bring the database to the newest schema and stop.
    Migrate,
    /// Write everything into a new or empty folder, while the server runs or not.
    Backup {
        /// The folder.
        folder: PathBuf,
    },
    /// Bring a backup back, into an empty data folder (and an empty PostgreSQL database, if one is configured).
    Restore {
        /// The folder of the backup.
        folder: PathBuf,
    },
    /// Write the whole workspace in an open format (docs/export.md), while the server runs or not: into a zip archive, or
    /// into a new or empty folder.
    Export {
        /// A path that ends in .zip, or a folder.
        target: PathBuf,
    },
    /// Help people get in, while the server is stopped (with PostgreSQL: at any time).
    Admin {
        #[command(subcommand)]
        command: AdminCommand,
    },
    /// Bring conversations in from elsewhere, while the server is stopped (with PostgreSQL: at any time).
    Import {
        #[command(subcommand)]
        command: ImportCommand,
    },
    /// Look at the configuration.
    Config {
        #[command(subcommand)]
        command: ConfigCommand,
    },
    /// The server calls itself with this, for one document in a process of its own.
    #[command(hide = true, name = files::pdf::COMMAND)]
    DrawPdf,
    /// For the developers.
    #[command(hide = true)]
    Dev {
        #[command(subcommand)]
        command: DevCommand,
    },
}

#[derive(Subcommand)]
enum ImportCommand {
    /// From a file of JSON Lines; docs/import.md says what it holds. May be broken off and run twice.
    Jsonl {
        /// The file.
        file: PathBuf,
    },
    /// From the archive that Slack gives when a workspace is exported. May be broken off and run twice.
    Slack {
        /// The archive.
        file: PathBuf,
        /// The name of the space that holds the channels; without it, that of the workspace in the name of the file.
        #[arg(long)]
        space: Option<String>,
        /// Also ask for files and emoji at the addresses that the archive names. They are asked for from here, with the
        /// keys that stand in the archive.
        #[arg(long)]
        fetch_files: bool,
    },
    /// A whole workspace, as `antiphon export` wrote it, into an empty data folder (and an empty PostgreSQL database, if one
    /// is configured).
    Workspace {
        /// The archive or the folder.
        source: PathBuf,
    },
    /// From the JSON Lines of Mattermost's bulk export. May be broken off and run twice.
    Mattermost {
        /// The file.
        file: PathBuf,
    },
}

impl ImportCommand {
    /// None for what goes past the features, into an empty database.
    fn source(self) -> Option<import::Source> {
        Some(match self {
            Self::Jsonl { file } => import::Source::Jsonl(file),
            Self::Slack {
                file,
                space,
                fetch_files,
            } => import::Source::Slack {
                file,
                space,
                fetch: fetch_files,
            },
            Self::Mattermost { file } => import::Source::Mattermost(file),
            Self::Workspace { .. } => return None,
        })
    }
}

#[derive(Subcommand)]
enum AdminCommand {
    /// Print a one-time link with which somebody sets a new password.
    ResetLink {
        /// Their mail address.
        email: String,
    },
    /// Print a new one-time link for the first owner, while there is none.
    SetupLink,
}

#[derive(Subcommand)]
enum ConfigCommand {
    /// Say what is in force, or what is wrong and how to mend it.
    Check,
    /// Print the key of the rooms of live sessions and its secret, for programs that read their webhooks (docs/calls.md).
    /// Whoever has it can open, close and enter every room.
    LiveKey,
}

#[derive(Subcommand)]
enum DevCommand {
    /// Print the TypeScript types of the wire.
    Types,
    /// Print the OpenAPI document.
    Api,
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let done = match cli.command {
        Command::Health { strict } => load(cli.config).and_then(|config| health::ask(&config, strict)),
        _ => run(cli).map(|()| ExitCode::SUCCESS),
    };
    match done {
        Ok(code) => code,
        Err(error) => {
            eprintln!("antiphon: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(cli: Cli) -> Result<()> {
    if matches!(cli.command, Command::DrawPdf) {
        return files::pdf::answer().context("the document cannot be drawn");
    }
    if let Command::Dev { command } = &cli.command {
        let text = match command {
            DevCommand::Types => types::declarations(),
            DevCommand::Api => openapi::text(),
        };
        print!("{text}");
        return Ok(());
    }
    let config = load(cli.config)?;
    match cli.command {
        Command::Serve => block_on(&config.clone(), serve::serve(config)),
        Command::Migrate => migrate::migrate(&config),
        Command::Backup { folder } => backup::backup(&config, &folder),
        Command::Restore { folder } => backup::restore(&config, &folder),
        Command::Admin { command } => {
            let offline = offline::open(&config)?;
            match command {
                AdminCommand::ResetLink { email } => {
                    block_on(&config, admin::reset_link(&config, &offline, &email))
                }
                AdminCommand::SetupLink => block_on(&config, admin::setup_link(&config, &offline)),
            }
        }
        Command::Export { target } => workspace::export(&config, &target),
        Command::Import {
            command: ImportCommand::Workspace { source },
        } => workspace::import(&config, &source),
        Command::Import { command } => {
            let source = command.source().context("this import needs no open database")?;
            let offline = offline::open(&config)?;
            block_on(&config, import::import(&config, &offline, &source))
        }
        Command::Config {
            command: ConfigCommand::Check,
        } => {
            println!("{}", config.describe());
            Ok(())
        }
        Command::Config {
            command: ConfigCommand::LiveKey,
        } => {
            let (key, secret) = live::key(&config).context("there is no key")?;
            println!("{key} {secret}");
            Ok(())
        }
        Command::DrawPdf | Command::Dev { .. } | Command::Health { .. } => {
            bail!("this command needs no configuration")
        }
    }
}

fn load(path: Option<PathBuf>) -> Result<Config> {
    let config = Config::load(path.as_deref(), std::env::vars())?;
    platform::telemetry::init(&config.log).context("the log cannot be written")?;
    Ok(config)
}

fn block_on(config: &Config, work: impl Future<Output = Result<()>>) -> Result<()> {
    let mut runtime = tokio::runtime::Builder::new_multi_thread();
    if let Some(workers) = config.workers {
        runtime.worker_threads(workers);
    }
    runtime
        .enable_all()
        .build()
        .context("the runtime cannot be started")?
        .block_on(work)
}
