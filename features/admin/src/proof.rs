//! The proof that somebody is an owner or admin in this transaction. It is made here and nowhere else.

use crate::model::Error;
use accounts::{Actor, Administrator};
use platform::db::Tx;

/// Whoever asks is an owner or admin now; what the door knew may be a second old.
#[derive(Debug, Clone, Copy)]
pub struct AdminAccess(Administrator);

impl AdminAccess {
    /// Who it is, for the audit log.
    pub fn actor(self) -> Actor {
        self.0.into()
    }
}

/// Asks anew.
pub fn admin(tx: &mut dyn Tx, who: Administrator) -> Result<AdminAccess, Error> {
    match accounts::session_alive(tx, who.0.principal())? {
        Some(role) if role.is_admin() => Ok(AdminAccess(who)),
        Some(_) => Err(Error::NotAllowed),
        None => Err(Error::SignedOut),
    }
}
