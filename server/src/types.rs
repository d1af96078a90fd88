//! The TypeScript of everything that crosses the wire, for `web/src/api/generated.ts`.

use crate::{app, noting};
use base::{
    ChannelId, DeliveryId, GroupId, GuestLinkId, HookId, InvitationId, LinkId, MeetingId, MessageId,
    PersonId, PollId, ScopeId, Seq, SeriesId, SessionId, SpaceId, Timestamp, TopicId, UrgentId, WorkspaceId,
};
use ts_rs::{Config, TS};

/// The tree of a text, as `markup::Node` writes it; said here, because that crate knows nothing of TypeScript.
const NODE: &str = r#"type Node =
  | string
  | { t: "p" | "quote" | "ul" | "li" | "table" | "row" | "b" | "i" | "s" | "spoiler" | "notes", c?: Array<Node> }
  | { t: "ol", start?: number, c?: Array<Node> }
  | { t: "task", done: boolean, c?: Array<Node> }
  | { t: "h", level: number, c?: Array<Node> }
  | { t: "pre", lang?: string, text: string }
  | { t: "cell", head?: boolean, align?: "left" | "center" | "right", c?: Array<Node> }
  | { t: "code", text: string }
  | { t: "math", text: string, block?: boolean }
  | { t: "noteref", n: number }
  | { t: "a", href: string, c?: Array<Node> }
  | { t: "person", id: PersonId }
  | { t: "group", id: GroupId }
  | { t: "hr" | "br" | "everyone" };"#;

fn of<T: TS>(config: &Config) -> (String, String) {
    (T::name(config), T::decl(config))
}

/// What stands in the audit log, so that the web app has a sentence for each.
fn audit_action() -> (String, String) {
    let mut deeds: Vec<&str> = app::features()
        .iter()
        .flat_map(|feature| feature.deeds)
        .copied()
        .collect();
    deeds.extend(noting::DEEDS);
    deeds.sort_unstable();
    deeds.dedup();
    let words: Vec<String> = deeds.iter().map(|deed| format!("\"{deed}\"")).collect();
    let declaration = format!("type AuditAction = {};", words.join(" | "));
    ("AuditAction".to_owned(), declaration)
}

/// All declarations, in the order of their names.
pub fn declarations() -> String {
    let config = Config::default();
    let mut types = vec![
        of::<ChannelId>(&config),
        of::<DeliveryId>(&config),
        of::<GroupId>(&config),
        of::<HookId>(&config),
        of::<GuestLinkId>(&config),
        of::<InvitationId>(&config),
        of::<LinkId>(&config),
        of::<base::MeetingGuestId>(&config),
        of::<MeetingId>(&config),
        of::<MessageId>(&config),
        of::<PersonId>(&config),
        of::<base::LiveId>(&config),
        of::<base::OfficeId>(&config),
        of::<base::BreakoutId>(&config),
        of::<base::LiveNoteId>(&config),
        of::<PollId>(&config),
        of::<base::QuestionId>(&config),
        of::<base::QuestionsId>(&config),
        of::<base::ReminderId>(&config),
        of::<base::RoutineId>(&config),
        of::<base::ReportId>(&config),
        of::<ScopeId>(&config),
        of::<Seq>(&config),
        of::<SeriesId>(&config),
        of::<SessionId>(&config),
        of::<SpaceId>(&config),
        of::<base::TimePollAnswerId>(&config),
        of::<base::TimePollId>(&config),
        of::<Timestamp>(&config),
        of::<TopicId>(&config),
        of::<UrgentId>(&config),
        of::<WorkspaceId>(&config),
        ("Node".to_owned(), NODE.to_owned()),
        audit_action(),
    ];
    types.extend(accounts::types());
    types.extend(spaces::types());
    types.extend(files::types());
    types.extend(emoji::types());
    types.extend(groups::types());
    types.extend(messages::types());
    types.extend(polls::types());
    types.extend(questions::types());
    types.extend(live::types());
    types.extend(office::types());
    types.extend(thanks::types());
    types.extend(inbox::types());
    types.extend(knock::types());
    types.extend(advice::types());
    types.extend(asks::types());
    types.extend(signin::types());
    types.extend(links::types());
    types.extend(moderation::types());
    types.extend(words::types());
    types.extend(calendar::types());
    types.extend(charters::types());
    types.extend(hours::types());
    types.extend(later::types());
    types.extend(urgent::types());
    types.extend(notify::types());
    types.extend(numbers::types());
    types.extend(exports::types());
    types.extend(search::types());
    types.extend(bots::types());
    types.extend(::admin::types());
    types.sort();
    types.dedup();
    let mut text = String::from("// Generated from the Rust types by `cargo xtask types`. Do not edit.\n");
    for (_, declaration) in types {
        text.push_str("\nexport ");
        text.push_str(&declaration);
        text.push('\n');
    }
    text
}
