//! Meetings: proposed with what they cost, at times that are fair, in the calendar of everybody who is invited.
//!
//! Invariants: who is invited can see where a meeting belongs, and who cannot any more does not see the meeting; a day without
//! meetings and somebody's time to think are free unless each whom it concerns agrees; what only tells something is asked once
//! whether it could be written; what a time costs, and whose turn it is, `timing` says; no event holds a word of a meeting.
//!
//! It does not know when anybody is told of anything: that is for the slices that listen to its events.

mod actions;
mod api;
mod costs;
mod events;
mod feed;
mod forgetting;
mod going;
mod guest_api;
mod guests;
mod ical;
mod ical_zone;
mod invitation;
mod leaving;
mod letters;
mod model;
mod park;
mod poll_api;
mod poll_wire;
mod polls;
mod problem;
mod series;
mod slots;
mod soon;
mod store;
#[cfg(test)]
mod tests;
mod topics;
mod wire;

pub use events::{
    MEETING_ANSWERED, MEETING_CANCELED, MEETING_CHANGED, MEETING_INVITED, MEETING_MOVED, MEETING_PARK_ENDED,
    MEETING_SOON, MeetingTold, TIME_POLL_ASKED, TIME_POLL_CHANGED, TimePollTold,
};
pub use model::Error;
pub use poll_wire::{
    AnswerTimePoll, AnswerTimePollOutside, ChoicesOutside, ChosenOutside, NewTimePoll, OwnOutside,
    TimeChoice, TimeOutside, TimePoll, TimePollAnswer, TimePollList, TimePollOutside, TimePollRow,
    TimePollState, TimePollTime, TimePollView,
};
pub use polls::own::{OwnGuest, OwnMeetings, OwnTimePoll, OwnTimePollAnswer};
pub use problem::PROBLEMS;
pub use wire::{
    AnswerInvitation, AnswerMeeting, ChangeMeeting, FindSlots, ForgetAddress, GuestInvitation, InSeries,
    Invite, InviteGuest, InviteGuests, Meeting, MeetingAim, MeetingAnswer, MeetingCost, MeetingFeed,
    MeetingGuest, MeetingHours, MeetingPage, MeetingPerson, MeetingPreview, MeetingRefusal,
    MeetingSettingsView, MeetingShift, MeetingSlot, MeetingTime, MeetingView, MeetingWords, NewMeeting,
    ParkHint, ParkWhy, Repeats, SaveMeetingSettings, SlotList, TimesOutside, TryMeeting, Wall,
};

use base::{PersonId, Timestamp};
use http::Method;
use platform::{
    db::{Migration, Result, Tx},
    feature::{Door, Feature, Route},
};
use timing::span::Span;
use ts_rs::{Config, TS};

/// What of meetings belongs to somebody's own data.
pub fn own_data(tx: &mut dyn Tx, person: PersonId, now: Timestamp) -> Result<OwnMeetings> {
    Ok(OwnMeetings {
        meetings: list_all_of(tx, person)?,
        invited_outside: store::guests::list_invited_by(tx, person)?,
        time_polls: polls::own::polls_of(tx, person, now)?,
        time_poll_answers: polls::own::answers_of(tx, person)?,
    })
}

/// Every meeting to which somebody is invited and whose place they can see.
fn list_all_of(tx: &mut dyn Tx, person: PersonId) -> Result<Vec<Meeting>> {
    let always = Span {
        from: Timestamp(0),
        to: Timestamp(i64::MAX),
    };
    let (mut all, mut after) = (Vec::new(), None);
    loop {
        let page = store::list_of(tx, person, always, after)?;
        let Some(last) = page.last() else { return Ok(all) };
        after = Some((last.starts_at, last.id));
        for meeting in page {
            if actions::is_seen_by(tx, person, &meeting)? {
                all.push(meeting);
            }
        }
    }
}

/// A meeting to which somebody comes and that begins at this time, while it does: not called off, not moved, and they can see
/// its place.
pub fn find_soon(
    tx: &mut dyn Tx,
    person: PersonId,
    (id, starts_at): (base::MeetingId, Timestamp),
) -> Result<Option<Meeting>> {
    let Some(meeting) = store::find(tx, id)? else {
        return Ok(None);
    };
    let own = meeting.people.iter().find(|one| one.person_id == person);
    let comes = own.is_some_and(|own| own.answer == MeetingAnswer::Yes);
    let stands = comes && !meeting.is_canceled && meeting.starts_at == starts_at;
    Ok((stands && actions::is_seen_by(tx, person, &meeting)?).then_some(meeting))
}

/// Everything this slice adds to the server.
pub fn feature() -> Feature {
    Feature {
        name: "calendar",
        migrations: vec![
            Migration {
                name: "calendar/0001_meetings",
                text: include_str!("../migrations/0001_meetings.sql"),
            },
            Migration {
                name: "calendar/0002_turns_and_feeds",
                text: include_str!("../migrations/0002_turns_and_feeds.sql"),
            },
            Migration {
                name: "calendar/0003_series",
                text: include_str!("../migrations/0003_series.sql"),
            },
            Migration {
                name: "calendar/0004_guests_and_letters",
                text: include_str!("../migrations/0004_guests_and_letters.sql"),
            },
            Migration {
                name: "calendar/0005_soon",
                text: include_str!("../migrations/0005_soon.sql"),
            },
            Migration {
                name: "calendar/0006_time_polls",
                text: include_str!("../migrations/0006_time_polls.sql"),
            },
            Migration {
                name: "calendar/0007_park",
                text: include_str!("../migrations/0007_park.sql"),
            },
        ],
        statements: [
            store::STATEMENTS,
            store::going::STATEMENTS,
            store::guests::STATEMENTS,
            store::park::STATEMENTS,
            store::polls::STATEMENTS,
            store::topics::STATEMENTS,
            store::soon::STATEMENTS,
        ]
        .concat(),
        routes: [routes(), poll_routes()].concat(),
        jobs: [forgetting::jobs(), going::jobs(), soon::jobs()].concat(),
        letters: letters::kinds(),
        listeners: [leaving::listeners(), vec![topics::FORGET_TOPIC]].concat(),
        deeds: forgetting::DEEDS,
        ..Feature::default()
    }
}

fn routes() -> Vec<Route> {
    const MEETINGS: &str = "/api/meetings";
    const SETTINGS: &str = "/api/meetings/settings";
    const FEED: &str = "/api/meetings/feed";
    const INVITED: &str = "/api/invited/{token}";
    const MEETING: &str = "/api/meetings/{meeting}";
    vec![
        Route::of(Method::GET, MEETINGS, api::list).says("My meetings of some time."),
        Route::of(Method::POST, MEETINGS, api::create).says("Propose a meeting."),
        Route::of(Method::GET, "/api/meetings/soon", api::list_soon)
            .says("My meetings that begin soon and of which I was told."),
        Route::of(Method::POST, "/api/meetings/preview", api::preview)
            .says("What a meeting would cost, whom it costs sleep, and who would have to agree."),
        Route::of(Method::GET, "/api/meetings/hours", api::list_hours)
            .says("When people that I may see work, and when they are not asked for a meeting."),
        Route::of(Method::POST, "/api/meetings/slots", api::find_slots)
            .says("The fairest times for a meeting, and whose turn it was."),
        Route::of(Method::GET, SETTINGS, feed::get_settings).says("What I want of meetings."),
        Route::of(Method::PUT, SETTINGS, feed::save_settings).says("Change what I want of meetings."),
        Route::of(Method::POST, FEED, feed::create)
            .says("Make the secret link to my calendar; the one before is none any more."),
        Route::of(Method::DELETE, FEED, feed::remove).says("End the secret link to my calendar."),
        Route::of(Method::GET, "/api/calendar/feed/{token}", feed::read)
            .says("A calendar by its secret link, as iCalendar.")
            .door(Door::Public),
        Route::of(Method::GET, MEETING, api::get).says("A meeting to which I am invited."),
        Route::of(Method::PATCH, MEETING, api::change)
            .says("Move a meeting, or change its words or its people."),
        Route::of(Method::PUT, "/api/meetings/{meeting}/answer", api::answer)
            .says("Say whether I come, do not, or take part later."),
        Route::of(Method::POST, "/api/meetings/{meeting}/cancel", api::cancel).says("Call a meeting off."),
        Route::of(Method::DELETE, "/api/meetings/{meeting}/park", api::end_park).says(
            "Hear no more that this meeting should be written down, since I do not want that, or did it.",
        ),
        Route::of(Method::POST, "/api/meetings/{meeting}/guests", guest_api::invite)
            .says("Invite people outside by mail."),
        Route::of(
            Method::DELETE,
            "/api/meetings/{meeting}/guests/{guest}",
            guest_api::remove,
        )
        .says("Take somebody outside off again; a letter tells them."),
        Route::of(Method::POST, "/api/meetings/forget-address", guest_api::forget)
            .says("Forget a mail address of somebody outside at every meeting.")
            .door(Door::Admin),
        Route::of(Method::GET, INVITED, guest_api::look)
            .says("The invitation behind the link in a letter.")
            .door(Door::Public),
        Route::of(Method::PUT, INVITED, guest_api::answer)
            .says("Answer an invitation by the link in its letter.")
            .door(Door::Public),
    ]
}

fn poll_routes() -> Vec<Route> {
    const POLLS: &str = "/api/time-polls";
    const POLL: &str = "/api/time-polls/{time_poll}";
    const WHEN: &str = "/api/when/{token}";
    const OWN: &str = "/api/when/{token}/answers/{key}";
    vec![
        Route::of(Method::GET, POLLS, poll_api::list).says("What I ask, and am asked: when people can."),
        Route::of(Method::POST, POLLS, poll_api::create).says("Ask when people can, here and outside."),
        Route::of(Method::GET, POLL, poll_api::get)
            .says("A question when people can, that I ask or am asked."),
        Route::of(
            Method::PUT,
            "/api/time-polls/{time_poll}/answer",
            poll_api::answer,
        )
        .says("Say when I can."),
        Route::of(
            Method::DELETE,
            "/api/time-polls/{time_poll}/answers/{answer}",
            poll_api::remove_answer,
        )
        .says("Take an answer out of my question."),
        Route::of(Method::POST, "/api/time-polls/{time_poll}/close", poll_api::close)
            .says("Close a question without a time. A time is chosen by proposing a meeting of it."),
        Route::of(Method::GET, WHEN, poll_api::look)
            .says("The question when people can behind a link.")
            .door(Door::Public),
        Route::of(Method::GET, OWN, poll_api::look_own)
            .says("The same, with what was said by this key.")
            .door(Door::Public),
        Route::of(Method::PUT, OWN, poll_api::answer_outside)
            .says(
                "Say when I can, by a link; the key is 32 random bytes as base64url of the sender's making.",
            )
            .door(Door::Public),
        Route::of(Method::DELETE, OWN, poll_api::take_back)
            .says("Take back what was said by this key, with name and address.")
            .door(Door::Public),
    ]
}

/// The wire types of this slice in TypeScript: name and declaration.
pub fn types() -> Vec<(String, String)> {
    fn of<T: TS>(config: &Config) -> (String, String) {
        (T::name(config), T::decl(config))
    }
    let config = Config::default();
    vec![
        of::<AnswerInvitation>(&config),
        of::<AnswerMeeting>(&config),
        of::<ForgetAddress>(&config),
        of::<GuestInvitation>(&config),
        of::<InviteGuest>(&config),
        of::<InviteGuests>(&config),
        of::<MeetingGuest>(&config),
        of::<ChangeMeeting>(&config),
        of::<InSeries>(&config),
        of::<Invite>(&config),
        of::<Meeting>(&config),
        of::<MeetingAim>(&config),
        of::<MeetingAnswer>(&config),
        of::<MeetingCost>(&config),
        of::<MeetingHours>(&config),
        of::<MeetingPage>(&config),
        of::<MeetingPerson>(&config),
        of::<MeetingPreview>(&config),
        of::<MeetingRefusal>(&config),
        of::<MeetingShift>(&config),
        of::<MeetingTime>(&config),
        of::<MeetingTold>(&config),
        of::<MeetingView>(&config),
        of::<MeetingWords>(&config),
        of::<NewMeeting>(&config),
        of::<ParkHint>(&config),
        of::<ParkWhy>(&config),
        of::<FindSlots>(&config),
        of::<MeetingFeed>(&config),
        of::<MeetingSettingsView>(&config),
        of::<MeetingSlot>(&config),
        of::<Repeats>(&config),
        of::<SaveMeetingSettings>(&config),
        of::<SlotList>(&config),
        of::<TimesOutside>(&config),
        of::<TryMeeting>(&config),
        of::<AnswerTimePoll>(&config),
        of::<AnswerTimePollOutside>(&config),
        of::<ChoicesOutside>(&config),
        of::<ChosenOutside>(&config),
        of::<NewTimePoll>(&config),
        of::<OwnOutside>(&config),
        of::<TimeChoice>(&config),
        of::<TimeOutside>(&config),
        of::<TimePoll>(&config),
        of::<TimePollAnswer>(&config),
        of::<TimePollList>(&config),
        of::<TimePollOutside>(&config),
        of::<TimePollRow>(&config),
        of::<TimePollState>(&config),
        of::<TimePollTime>(&config),
        of::<TimePollTold>(&config),
        of::<TimePollView>(&config),
    ]
}
