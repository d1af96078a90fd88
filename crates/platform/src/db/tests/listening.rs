//! Who listens acts in the transaction of the event, and shares its fate.

use super::*;
use crate::journal::{Heard, Listener};

/// Copies notes below 100 under another number, and fails for the others.
pub(super) const COPY: Listener = Listener {
    kinds: &["note.copied"],
    hear: |tx, heard: &Heard<'_>| {
        assert_eq!(heard.body::<String>(), None, "the body has its own type");
        let id = *heard.body::<i64>().ok_or(Error::NoRow)?;
        tx.exec(&ADD_NOTE, &[(id + 1000).into(), "copied".into()])?;
        if id < 100 { Ok(()) } else { Err(Error::NoRow) }
    },
};

fn copied(tx: &mut dyn Tx, scope: ScopeId, id: i64) -> Result<Seq, Error> {
    let happened = Happened {
        kind: "note.copied",
        actor: None,
        at: Timestamp(1),
    };
    journal::append(tx, scope, happened, &id)
}

crate::both_stores! {
    async fn a_listener_writes_in_the_transaction_of_the_event(desk: Desk) {
        let scope = desk.scope;
        desk.note(1).await.expect("an event that nobody listens to");
        desk.db.write(scope, move |tx| copied(tx, scope, 2)).await.expect("an event that is heard");
        assert_eq!(desk.notes().await, [1, 1002]);
        assert_eq!(desk.numbers().await.0, [1, 2]);
    }

    async fn an_event_whose_listener_fails_has_not_happened(desk: Desk) {
        let scope = desk.scope;
        let failed = desk.db.write(scope, move |tx| copied(tx, scope, 100)).await;
        assert!(matches!(failed, Err(Error::NoRow)));
        desk.note(1).await.expect("the next event");
        assert_eq!(desk.notes().await, [1]);
        assert_eq!(desk.numbers().await, (vec![1], vec![1]));
    }
}
