//! A connection to the shared database that fails as servers, disks and lines do.
//!
//! It behaves like PostgreSQL where that is the stricter one: after a failed statement the transaction takes no other,
//! and committing it answers well and saves nothing.

use super::{Broken, dice::Dice};
use crate::{
    db::{Dialect, Error, Result, Row, Sql, SqliteStore, Store, Tx, Value},
    journal::Listeners,
    realtime::Frame,
};
use std::{cell::RefCell, rc::Rc, sync::Arc};

/// How often what goes wrong, per mille.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Weather {
    pub(super) statement: usize,
    pub(super) conflict: usize,
    pub(super) lost: usize,
    pub(super) busy: usize,
    pub(super) full: usize,
    pub(super) disk: usize,
    pub(super) unsure: usize,
}

/// The server: one database, its luck, and how the commits went.
pub(super) struct Server {
    pub(super) store: SqliteStore,
    pub(super) weather: Weather,
    pub(super) dice: Dice,
    pub(super) broken: Broken,
    /// Raised while the disk is full.
    pub(super) is_full: bool,
    pub(super) n_unsure: usize,
}

/// Shared by all nodes; they take turns, so a transaction is never interrupted by another.
pub(super) type Shared = Rc<RefCell<Server>>;

pub(super) struct FaultyStore {
    server: Shared,
    /// The connection is gone.
    dead: bool,
    /// A statement has failed since `begin` or the last `rollback_to`.
    spoilt: bool,
    fault: Option<Error>,
}

impl FaultyStore {
    pub(super) fn connect(server: &Shared) -> Self {
        Self {
            server: server.clone(),
            dead: false,
            spoilt: false,
            fault: None,
        }
    }

    /// What happens to the next statement.
    fn omen(&mut self) -> Result<()> {
        if self.dead {
            return Err(Error::Lost);
        }
        let mut server = self.server.borrow_mut();
        if self.spoilt {
            return Err(failed_statement());
        }
        let weather = server.weather;
        if server.dice.chance(weather.lost) {
            server.store.rollback();
            self.dead = true;
            return Err(Error::Lost);
        }
        if server.dice.chance(weather.conflict) {
            return Err(Error::Conflict);
        }
        if server.dice.chance(weather.statement) {
            return Err(failed_statement());
        }
        Ok(())
    }

    fn keep<T>(&mut self, result: Result<T>) -> Result<T> {
        if let Err(error) = &result {
            self.fault = Some(error.clone());
            self.spoilt = true;
        }
        result
    }

    fn mark(&mut self, run: fn(&mut SqliteStore) -> Result<()>) -> Result<()> {
        self.omen()?;
        run(&mut self.server.borrow_mut().store)
    }
}

fn failed_statement() -> Error {
    Error::Statement {
        name: "INJECTED",
        source: Arc::new(std::io::Error::other("an injected fault")),
    }
}

impl Tx for FaultyStore {
    fn exec(&mut self, sql: &'static Sql, args: &[Value<'_>]) -> Result<u64> {
        let done = self
            .omen()
            .and_then(|()| self.server.borrow_mut().store.exec(sql, args));
        self.keep(done)
    }

    fn each(
        &mut self,
        sql: &'static Sql,
        args: &[Value<'_>],
        visit: &mut dyn FnMut(&dyn Row) -> Result<()>,
    ) -> Result<()> {
        let done = self
            .omen()
            .and_then(|()| self.server.borrow_mut().store.each(sql, args, visit));
        self.keep(done)
    }

    fn announce(&mut self, frame: Arc<Frame>) {
        self.server.borrow_mut().store.announce(frame);
    }

    fn dialect(&self) -> Dialect {
        Dialect::Sqlite
    }

    fn listeners(&self) -> Listeners {
        Listeners::default()
    }
}

impl Store for FaultyStore {
    fn begin(&mut self) -> Result<()> {
        self.spoilt = false;
        self.fault = None;
        self.omen()?;
        let mut server = self.server.borrow_mut();
        let busy = server.weather.busy;
        if server.dice.chance(busy) {
            return Err(Error::Busy);
        }
        server.store.begin()
    }

    fn commit(&mut self) -> Result<()> {
        if self.dead {
            return Err(Error::Unsure);
        }
        let mut server = self.server.borrow_mut();
        if self.spoilt {
            server.store.rollback();
            return Ok(());
        }
        let weather = server.weather;
        let is_kept = server.dice.chance(500);
        for (per_mille, error) in [
            (weather.unsure, Error::Unsure),
            (weather.disk, Error::Disk("an injected fault".into())),
        ] {
            if server.dice.chance(per_mille) {
                server.n_unsure += 1;
                if is_kept {
                    server.store.commit()?;
                } else {
                    server.store.rollback();
                }
                self.dead = true;
                return if server.broken == Broken::AnswerBeforeCommit {
                    Ok(())
                } else {
                    Err(error)
                };
            }
        }
        if server.is_full || server.dice.chance(weather.full) {
            return Err(Error::Full);
        }
        if server.dice.chance(weather.conflict) {
            return Err(Error::Conflict);
        }
        server.store.commit()
    }

    fn rollback(&mut self) {
        self.spoilt = false;
        self.server.borrow_mut().store.rollback();
    }

    fn savepoint(&mut self) -> Result<()> {
        self.mark(SqliteStore::savepoint)
    }

    fn release(&mut self) -> Result<()> {
        self.mark(SqliteStore::release)
    }

    fn rollback_to(&mut self) -> Result<()> {
        self.spoilt = false;
        if self.dead {
            return Err(Error::Lost);
        }
        let mut server = self.server.borrow_mut();
        if server.broken == Broken::FramesOfTheRefused {
            let frames = server.store.take_frames();
            server.store.rollback_to()?;
            frames.into_iter().for_each(|frame| server.store.announce(frame));
            return Ok(());
        }
        server.store.rollback_to()
    }

    fn n_writes(&self) -> u64 {
        self.server.borrow().store.n_writes()
    }

    fn take_fault(&mut self) -> Option<Error> {
        self.server.borrow_mut().store.take_fault();
        self.fault.take()
    }

    fn take_frames(&mut self) -> Vec<Arc<Frame>> {
        self.server.borrow_mut().store.take_frames()
    }

    fn as_tx(&mut self) -> &mut dyn Tx {
        self
    }
}
