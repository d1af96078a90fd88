//! What happens in channels goes into the queues of their hooks, in the same transaction.

use crate::{
    model::{HookEvent, WAITING_MAX},
    store::outgoing,
};
use base::ChannelId;
use platform::{
    db::{Result, Tx},
    journal::{Heard, Listener},
};

const KINDS: &[&str] = &[
    "message.posted",
    "message.edited",
    "message.deleted",
    "topic.created",
    "topic.changed",
];

pub fn listeners() -> Vec<Listener> {
    vec![Listener {
        kinds: KINDS,
        hear: enqueue,
    }]
}

/// One look at the hooks of the channel per event. What does not fit into a queue is left out: its hook fails already.
fn enqueue(tx: &mut dyn Tx, heard: &Heard<'_>) -> Result<()> {
    let happened = heard.happened;
    let hooks = outgoing::list_listening(tx, ChannelId(heard.scope.0), happened.actor)?;
    for hook in hooks {
        let wants = HookEvent::from_column(&hook.events)
            .iter()
            .any(|event| event.kind() == happened.kind);
        if wants && hook.n_waiting < WAITING_MAX {
            outgoing::enqueue(tx, hook.id, happened.kind, heard.seq, happened.at)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hook_can_ask_for_everything_that_is_heard() {
        assert_eq!(HookEvent::ALL.map(HookEvent::kind), KINDS);
    }
}
