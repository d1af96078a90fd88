//! Choices of the workspace that administrators make on screen, as words under a name.
//!
//! Invariant: what is not written down has the value that its slice says. Knows no setting; who changes one records it in
//! the audit log.

mod store;

pub use store::{STATEMENTS, find, put};

use platform::db::{Result, Tx};

/// The value of a setting as a number; None: nobody said, or it is none.
pub fn find_number(tx: &mut dyn Tx, name: &str) -> Result<Option<i64>> {
    Ok(find(tx, name)?.and_then(|value| value.parse().ok()))
}
