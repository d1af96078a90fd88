//! What an operator sees of a running process: logs, metrics, health.
//!
//! Invariants: logs go to standard error, through `tracing` only; nothing here ever holds a text, a name, an address or
//! a token, so a panic is logged by its place and not by its message, which may quote what somebody wrote.

mod health;
mod metrics;

use std::error::Error;
use std::fmt;

use tracing_subscriber::EnvFilter;
use tracing_subscriber::util::TryInitError;
use tracing_subscriber::{fmt as lines, prelude::*};

pub use health::{ReadyCheck, health_routes};
pub use metrics::Metrics;
/// What [`Metrics::counter`] gives.
pub use prometheus_client::metrics::counter::Counter;

use crate::config::{LogConfig, LogFormat};

/// Starts logging for the whole process, panics included. Call it once, before the runtime.
///
/// # Errors
/// When the process already has a logger.
pub fn init(config: &LogConfig) -> Result<(), TryInitError> {
    // The configuration has been checked; a level that still does not parse is not worth a dead server.
    let filter = EnvFilter::try_new(&config.level).unwrap_or_else(|_| EnvFilter::new("info"));
    let registry = tracing_subscriber::registry().with(filter);
    match config.format {
        LogFormat::Text => registry
            .with(lines::layer().with_writer(std::io::stderr))
            .try_init()?,
        LogFormat::Json => {
            let layer = lines::layer()
                .json()
                .flatten_event(true)
                .with_current_span(true)
                .with_span_list(false);
            registry.with(layer.with_writer(std::io::stderr)).try_init()?;
        }
    }
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        let thread = std::thread::current();
        tracing::error!(panic.place = place, thread = thread.name(), "panicked at {place}");
    }));
    Ok(())
}

/// Shows an error with all its causes: `what was being done: what went wrong: why`.
pub fn chain<'a>(err: &'a (dyn Error + 'static)) -> impl fmt::Display + 'a {
    Chain(err)
}

struct Chain<'a>(&'a (dyn Error + 'static));

impl fmt::Display for Chain<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", self.0)?;
        let mut source = self.0.source();
        while let Some(err) = source {
            write!(out, ": {err}")?;
            source = err.source();
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, thiserror::Error)]
    #[error("could not save")]
    struct Outer(#[source] std::io::Error);

    #[test]
    fn a_chain_names_every_cause_once() {
        let err = Outer(std::io::Error::other("the disk is gone"));
        assert_eq!(chain(&err).to_string(), "could not save: the disk is gone");
    }
}
