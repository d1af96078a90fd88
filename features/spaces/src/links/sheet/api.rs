//! Lists of people to invite over HTTP.

use super::{
    ListGroups, actions, csv,
    wire::{ListDone, ListLine, ListLook, ListState},
};
use crate::model::Error;
use accounts::{Administrator, Token};
use axum::{extract::State, extract::rejection::BytesRejection};
use bytes::Bytes;
use http::{Method, StatusCode};
use platform::{
    app::App,
    csv::{BOM, cell},
    db::Tx,
    feature::{Door, Route},
    http::{
        extract::Json,
        problem::{Problem, TOO_BIG},
    },
};

/// Bytes of a list: 2,000 rows of 500.
const BYTES_MAX: usize = 1_000_000;

pub(crate) fn routes() -> Vec<Route> {
    let admin = |route: Route| route.door(Door::Admin).body_limit(BYTES_MAX);
    vec![
        admin(Route::of(Method::POST, "/api/invitations/list/look", look))
            .says("What a list of people to invite would do, line by line; nothing is done. The body is a CSV file with the columns mail, name, role, space, channels and groups."),
        admin(Route::of(Method::POST, "/api/invitations/list", invite))
            .says("Invite everybody on a list who is not here or invited yet, with a letter each where this server sends mail."),
    ]
}

fn rows(sent: Result<Bytes, BytesRejection>) -> Result<Vec<csv::Row>, Problem> {
    let sent = sent.map_err(|rejection| match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Problem::new(&TOO_BIG).detail("A list has at most 1 MB."),
        _ => Problem::invalid("/file", "the file ended early"),
    })?;
    csv::read(&sent).map_err(|why| actions::unreadable(&why).into())
}

fn count_new<'a>(lines: impl Iterator<Item = &'a ListLine>) -> usize {
    lines.filter(|line| line.state == ListState::New).count()
}

async fn look(
    State(app): State<App>,
    Administrator(who): Administrator,
    sent: Result<Bytes, BytesRejection>,
) -> Result<Json<ListLook>, Problem> {
    let (rows, now, groups) = (rows(sent)?, app.clock.now(), app.kept::<ListGroups>().copied());
    let look = move |tx: &mut dyn Tx| actions::look(tx, (&who, groups), &rows, now);
    let lines: Vec<ListLine> = app.db.read(look).await?.into_iter().map(|one| one.line).collect();
    Ok(Json(ListLook {
        n_new: count_new(lines.iter()),
        mails: platform::mail::is_configured(&app),
        lines,
    }))
}

async fn invite(
    State(app): State<App>,
    Administrator(who): Administrator,
    sent: Result<Bytes, BytesRejection>,
) -> Result<Json<ListDone>, Problem> {
    let (rows, now, groups) = (rows(sent)?, app.clock.now(), app.kept::<ListGroups>().copied());
    let (mails, base) = (platform::mail::is_configured(&app), app.config.public_url.clone());
    let letters = mails.then(|| base.clone());
    let invite = move |tx: &mut dyn Tx| {
        let checked = actions::look(tx, (&who, groups), &rows, now)?;
        let done = actions::invite(tx, (&who, groups), checked, letters.as_deref(), now)?;
        Ok::<_, Error>(done)
    };
    let done = app.db.write(who.person, invite).await?;
    let report = report(&done, (!mails).then_some(base.as_str()));
    let lines: Vec<ListLine> = done.into_iter().map(|(line, _)| line).collect();
    Ok(Json(ListDone {
        look: ListLook {
            n_new: count_new(lines.iter()),
            mails,
            lines,
        },
        report,
    }))
}

/// The words of a state, for a table that leaves this server.
fn word(state: ListState) -> &'static str {
    match state {
        ListState::New => "invited",
        ListState::Member => "a member already",
        ListState::Invited => "invited already",
        ListState::Double => "stands in a line before",
        ListState::WrongMail => "no mail address",
        ListState::WrongName => "no name",
        ListState::WrongRole => "unknown role",
        ListState::WrongSpace => "unknown space",
        ListState::WrongChannel => "unknown channel",
        ListState::WrongGroup => "unknown group",
        ListState::GuestNeedsChannel => "a guest needs a channel",
    }
}

/// `links` is the address of this server when whoever asked carries the links themselves.
fn report(done: &[(ListLine, Option<Token>)], links: Option<&str>) -> String {
    let mut out = String::from(BOM);
    out.push_str(if links.is_some() {
        "line,mail,name,result,link\r\n"
    } else {
        "line,mail,name,result\r\n"
    });
    for (line, token) in done {
        out.push_str(&line.line.to_string());
        for value in [&line.mail, &line.name, word(line.state)] {
            out.push(',');
            cell(&mut out, value);
        }
        if let Some(base) = links {
            out.push(',');
            let link = token
                .as_ref()
                .map(|token| format!("{base}/join/{}", token.as_str()));
            cell(&mut out, &link.unwrap_or_default());
        }
        out.push_str("\r\n");
    }
    out
}
