//! Does the relay take our mail? It is visited, and what became of the last letter is looked up; nothing is sent.

use super::{Check, State, WAIT};
use platform::{
    app::App,
    mail::{self, Settled, Trouble},
};
use tokio::time::timeout;

/// Characters of what a relay said.
const WHY_MAX_CHARS: usize = 200;

pub async fn check(app: &App) -> Check {
    let Some(config) = &app.config.mail else {
        return Check::new(State::Well, "mail_none");
    };
    let (reached, settled) = tokio::join!(
        timeout(WAIT, mail::reach(config)),
        timeout(WAIT, app.db.read(mail::last_settled)),
    );
    match reached.unwrap_or(Err(Trouble::Timeout)) {
        // Whether the database answers is a line of its own.
        Ok(()) => last_letter(settled.ok().and_then(Result::ok).flatten()),
        Err(trouble) => in_trouble(&trouble),
    }
}

fn last_letter(settled: Option<Settled>) -> Check {
    match settled {
        None => Check::new(State::Well, "mail_unused"),
        Some(letter) if letter.is_sent => Check::new(State::Well, "mail_well").with("at", letter.at.0),
        Some(letter) => Check::new(State::Look, "mail_failing")
            .with("failed_at", letter.at.0)
            .with("why", bounded(&letter.why)),
    }
}

fn in_trouble(trouble: &Trouble) -> Check {
    match trouble {
        Trouble::Timeout => Check::new(State::Broken, "mail_silent"),
        Trouble::Unreachable | Trouble::Broken => Check::new(State::Broken, "mail_away"),
        other => Check::new(State::Broken, "mail_refuses").with("why", bounded(&other.to_string())),
    }
}

fn bounded(text: &str) -> String {
    text.chars().take(WHY_MAX_CHARS).collect()
}
