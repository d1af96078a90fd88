//! Passwords: hashed and compared, never kept.
//!
//! Invariants: argon2id with OWASP's parameters; it runs once per attempt, whether the person exists or not, so the
//! answer takes the same time; at most [`AT_ONCE`] run at the same time and off the async threads; whoever would wait
//! longer than [`WAIT_MAX`] is told to come back. Does not know who signs in.

use crate::model::{self, Error};
use argon2::{Algorithm, Argon2, Params, PasswordHash, PasswordHasher, PasswordVerifier, Version};
use std::time::Duration;
use tokio::sync::Semaphore;

/// OWASP Password Storage Cheat Sheet, argon2id: 19 MiB, two passes, one lane.
const MEMORY_KIB: u32 = 19 * 1024;
const N_PASSES: u32 = 2;
const N_LANES: u32 = 1;
/// Bounds the memory (38 MiB) and leaves cores to others.
const AT_ONCE: usize = 2;
/// A run takes about 30 ms, so some 300 attempts can wait; limits by account and network come before.
const WAIT_MAX: Duration = Duration::from_secs(5);

/// Costs what a real hash costs and fits no password: its output was never computed. It stands in for people who do
/// not exist; a test holds its parameters to those above.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5LWlzLWhlcmU$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// Of the whole process, because it bounds the memory of the process.
static TURNS: Semaphore = Semaphore::const_new(AT_ONCE);

/// Checks the rules for new passwords, then hashes; what it gives is for [`crate::NewPerson`]. `own` are the names and
/// addresses of whoever will have it, which must not be the password. Refusals point to `/password`.
pub async fn hash_password(password: String, own: &[&str]) -> Result<String, Error> {
    hash_chosen("/password", password, own).await
}

/// The same for a password in another field.
pub async fn hash_chosen(pointer: &'static str, password: String, own: &[&str]) -> Result<String, Error> {
    let password = model::spell_password(&password);
    model::check_password(pointer, &password, own)?;
    let hashed = run(move || hash(&password)).await?;
    hashed.ok_or(Error::Broken("a password could not be hashed"))
}

/// Whether this is the password of `hash`. None costs the same and is never it.
pub async fn is_password(password: &str, hash: Option<String>) -> Result<bool, Error> {
    let password = model::spell_password(password);
    run(move || fits(&password, hash.as_deref())).await
}

/// Runs `work` on a blocking thread when its turn has come.
async fn run<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Error> {
    let turn = tokio::time::timeout(WAIT_MAX, TURNS.acquire())
        .await
        .map_err(|_| Error::Busy)?;
    let turn = turn.map_err(|_| Error::Broken("the turns at hashing have ended"))?;
    let done = tokio::task::spawn_blocking(move || {
        // Held here and not by the request: a request that is dropped does not stop the thread.
        let _turn = turn;
        work()
    });
    done.await
        .map_err(|_| Error::Broken("hashing a password broke off"))
}

fn argon2() -> Option<Argon2<'static>> {
    let params = Params::new(MEMORY_KIB, N_PASSES, N_LANES, None).ok()?;
    Some(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn hash(password: &str) -> Option<String> {
    let hashed: PasswordHash = argon2()?.hash_password(password.as_bytes()).ok()?;
    Some(hashed.to_string())
}

fn fits(password: &str, hash: Option<&str>) -> bool {
    #[cfg(test)]
    runs::count(password);
    // A person without password (imported) has an empty hash, which costs and fails like nobody's.
    let parsed = hash.and_then(|hash| PasswordHash::new(hash).ok());
    let Some(hash) = parsed.or_else(|| PasswordHash::new(NOBODY).ok()) else {
        return false;
    };
    // The parameters are those of the hash, so older hashes stay good when ours change.
    argon2().is_some_and(|argon2| argon2.verify_password(password.as_bytes(), &hash).is_ok())
}

/// How often each password was compared: tests judge the equal cost of answers by this and not by the clock.
#[cfg(test)]
pub mod runs {
    use std::{
        collections::HashMap,
        sync::{LazyLock, Mutex},
    };

    static RUNS: LazyLock<Mutex<HashMap<String, u64>>> = LazyLock::new(Mutex::default);

    pub fn count(password: &str) {
        *RUNS.lock().unwrap().entry(password.to_owned()).or_default() += 1;
    }

    pub fn of(password: &str) -> u64 {
        RUNS.lock().unwrap().get(password).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_fits_its_own_hash_only() {
        let hashed = hash("tide over slate").unwrap();
        assert!(hashed.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert!(fits("tide over slate", Some(&hashed)));
        assert!(!fits("tide over slat", Some(&hashed)));
        assert_ne!(
            hash("tide over slate").unwrap(),
            hashed,
            "each hash has its own salt"
        );
    }

    #[test]
    fn nobody_costs_what_somebody_costs() {
        let nobody = PasswordHash::new(NOBODY).unwrap();
        let somebody = PasswordHash::new(&hash("tide over slate").unwrap()).unwrap();
        assert_eq!(nobody.params, somebody.params);
        assert_eq!(nobody.algorithm, somebody.algorithm);
        assert_eq!(
            nobody.hash.map(|hash| hash.len()),
            somebody.hash.map(|hash| hash.len())
        );
        assert!(!fits("", None) && !fits("", Some("")));
    }
}
