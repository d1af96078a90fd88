//! What this slice writes down in the audit log. A hook of a channel that not every administrator may see has no name there.

use accounts::{Deed, Subject};
use base::HookId;
use spaces::{ChannelAccess, audit_name};

/// All of them, for `Feature::deeds`.
pub const DEEDS: &[&str] = &["hook.made", "hook.changed", "hook.removed"];

/// Something done to a hook of this channel.
pub fn deed<'a>(
    access: &ChannelAccess,
    action: &'static str,
    (hook, direction, name): (HookId, &'static str, &'a str),
) -> Deed<'a> {
    let subject = Subject::new("hook", hook, audit_name(access.kind(), name));
    Deed::new(access.person(), action, subject)
        .with("direction", direction)
        .with("channel_id", access.id().to_string())
}
