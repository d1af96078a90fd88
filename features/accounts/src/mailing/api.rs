//! Handlers of mail, and what is asked before anybody is signed in.

use super::{ask_reset_by_mail, try_relay};
use crate::session::Administrator;
use axum::extract::State;
use base::Timestamp;
use http::{Method, StatusCode};
use platform::{
    app::App,
    db::Tx,
    feature::{Door, Route, Scope},
    http::{ClientAddress, Json, Problem},
    mail,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The routes of this part.
pub fn routes() -> Vec<Route> {
    let open = |route: Route| route.door(Door::Public);
    let admin = |route: Route| route.door(Door::Admin);
    let person = |route: Route| route.scope(Scope::PERSON);
    vec![
        open(Route::of(Method::GET, "/api/sign-in", sign_in_ways)).says("How one can sign in here."),
        open(Route::of(Method::POST, "/api/resets", ask_reset)).says(
            "Send a link to a new password to this address, if somebody has it; the answer is the same.",
        ),
        admin(Route::of(Method::GET, "/api/mail", mail_state))
            .says("Which relay takes our mail, what waits, and what was lost."),
        admin(person(Route::of(Method::POST, "/api/mail/test", test_mail)))
            .says("Send a letter to myself and tell what the relay said."),
    ]
}

/// Answer of `GET /api/sign-in`: how one can come in.
#[derive(Serialize, TS, JsonSchema)]
pub struct SignInWays {
    /// By mail address and password.
    password: bool,
    /// By a passkey, at a browser that has them.
    passkeys: bool,
    /// By another server, of this name.
    oidc: Option<String>,
    /// This server sends mail: links to new passwords, invitations.
    mail: bool,
}

/// Body of `POST /api/resets`.
#[derive(Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ResetAsked {
    email: String,
}

/// Answer of `GET /api/mail`.
#[derive(Serialize, TS, JsonSchema)]
pub struct MailState {
    /// Null: this server sends no mail.
    relay: Option<MailRelay>,
    /// Letters that are not settled.
    #[ts(type = "number")]
    n_waiting: i64,
    /// What was given up in the last week, the newest first.
    lost: Vec<LostMail>,
}

/// The relay, without its secrets.
#[derive(Serialize, TS, JsonSchema)]
pub struct MailRelay {
    /// `host:port`.
    address: String,
    /// Who the mail comes from.
    from: String,
}

/// A letter that did not go out.
#[derive(Serialize, TS, JsonSchema)]
pub struct LostMail {
    /// `reset`, `invitation` and others.
    kind: String,
    /// To whom.
    email: String,
    /// When it was given up.
    at: Timestamp,
    /// Why.
    trouble: MailTrouble,
}

/// Why the relay did not take a letter.
#[derive(Serialize, TS, JsonSchema)]
pub struct MailTrouble {
    /// `unreachable`, `tls`, `login`, `refused`, `later`, `timeout`, `broken`, `unsure`, `unfit` or `useless`.
    code: String,
    /// What the relay said in its own words, if it said anything.
    answer: Option<String>,
}

/// Answer of `POST /api/mail/test`.
#[derive(Serialize, TS, JsonSchema)]
pub struct MailTested {
    /// Null: the relay took it.
    trouble: Option<MailTrouble>,
    /// What the relay said when it took it.
    answer: Option<String>,
}

pub async fn sign_in_ways(State(app): State<App>) -> Json<SignInWays> {
    Json(SignInWays {
        password: app.config.sign_in.password,
        passkeys: app.config.passkey_domain().is_some(),
        oidc: app.config.sign_in.oidc.as_ref().map(|oidc| oidc.name.clone()),
        mail: mail::is_configured(&app),
    })
}

pub async fn ask_reset(
    State(app): State<App>,
    client: ClientAddress,
    Json(asked): Json<ResetAsked>,
) -> Result<StatusCode, Problem> {
    ask_reset_by_mail(&app, client, &asked.email).await?;
    Ok(StatusCode::NO_CONTENT)
}

pub async fn mail_state(State(app): State<App>, _: Administrator) -> Result<Json<MailState>, Problem> {
    let asked = app
        .db
        .read(|tx: &mut dyn Tx| Ok::<_, platform::db::Error>((mail::n_waiting(tx)?, mail::list_lost(tx)?)));
    let (n_waiting, lost) = asked.await?;
    let relay = app.config.mail.as_ref().map(|mail| MailRelay {
        address: format!("{}:{}", mail.host, mail.port),
        from: mail.from.to_string(),
    });
    Ok(Json(MailState {
        relay,
        n_waiting,
        lost: lost.into_iter().map(LostMail::from).collect(),
    }))
}

pub async fn test_mail(State(app): State<App>, who: Administrator) -> Result<Json<MailTested>, Problem> {
    let tested = match try_relay(&app, who).await? {
        Ok(answer) => MailTested {
            trouble: None,
            answer: Some(answer),
        },
        Err(trouble) => MailTested {
            trouble: Some(MailTrouble {
                code: trouble.code().to_owned(),
                answer: trouble.answer().map(str::to_owned),
            }),
            answer: None,
        },
    };
    Ok(Json(tested))
}

impl From<mail::Lost> for LostMail {
    fn from(lost: mail::Lost) -> Self {
        let (code, answer) = lost.why.split_once(' ').unwrap_or((&lost.why, ""));
        Self {
            trouble: MailTrouble {
                code: code.to_owned(),
                answer: (!answer.is_empty()).then(|| answer.to_owned()),
            },
            kind: lost.kind,
            email: lost.address,
            at: lost.at,
        }
    }
}
