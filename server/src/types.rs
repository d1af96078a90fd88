//! The TypeScript of everything that crosses the wire, for `web/src/api/generated.ts`.

use base::{
    ChannelId, InvitationId, MessageId, PersonId, ScopeId, Seq, SessionId, SpaceId, Timestamp, TopicId,
    WorkspaceId,
};
use ts_rs::{Config, TS};

/// The tree of a text; `crates/markup` says what each part means.
const NODE: &str = "type Node = string | { t: string, c?: Array<Node>, [attribute: string]: unknown };";

fn of<T: TS>(config: &Config) -> (String, String) {
    (T::name(config), T::decl(config))
}

/// All declarations, in the order of their names.
pub fn declarations() -> String {
    let config = Config::default();
    let mut types = vec![
        of::<ChannelId>(&config),
        of::<InvitationId>(&config),
        of::<MessageId>(&config),
        of::<PersonId>(&config),
        of::<ScopeId>(&config),
        of::<Seq>(&config),
        of::<SessionId>(&config),
        of::<SpaceId>(&config),
        of::<Timestamp>(&config),
        of::<TopicId>(&config),
        of::<WorkspaceId>(&config),
        ("Node".to_owned(), NODE.to_owned()),
    ];
    types.extend(accounts::types());
    types.extend(spaces::types());
    types.extend(messages::types());
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
