//! The command line.

use anyhow::{Context, Result, bail};
use clap::{Parser, Subcommand};
use platform::config::Config;
use server::{admin, backup, import, migrate, offline, openapi, serve, types};
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
}

#[derive(Subcommand)]
enum DevCommand {
    /// Print the TypeScript types of the wire.
    Types,
    /// Print the OpenAPI document.
    Api,
}

fn main() -> ExitCode {
    match run(Cli::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("antiphon: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(cli: Cli) -> Result<()> {
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
        Command::Import {
            command: ImportCommand::Jsonl { file },
        } => {
            let offline = offline::open(&config)?;
            block_on(&config, import::import(&offline, &file))
        }
        Command::Config {
            command: ConfigCommand::Check,
        } => {
            println!("{}", config.describe());
            Ok(())
        }
        Command::Dev { .. } => bail!("this command needs no configuration"),
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
