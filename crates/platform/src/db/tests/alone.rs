//! Connections beside lanes and readers, on both databases.

use super::*;
use crate::{
    db::{Bulk, Snapshot},
    journal::Listeners,
};
use uuid::Uuid;

const SCOPE: ScopeId = ScopeId(Uuid::from_u128(77));

fn locations(folder: &std::path::Path) -> Vec<Location> {
    let mut found = vec![Location::Sqlite {
        file: folder.join("alone.db"),
        readers: 1,
    }];
    found.extend(fresh_postgres_url().map(|url| Location::Postgres {
        url,
        lanes: 1,
        readers: 1,
    }));
    found
}

fn head(tx: &mut dyn Tx) -> Option<Seq> {
    journal::head(tx, SCOPE).expect("the log can be asked")
}

#[test]
fn a_snapshot_sees_one_moment_and_a_bulk_is_there_as_a_whole() {
    let folder = tempfile::tempdir().expect("a folder");
    for location in locations(folder.path()) {
        drop(Db::open(&location, SCHEMA, Hooks::offline(Listeners::default())).expect("a schema"));
        let mut before = Snapshot::open(&location).expect("a snapshot");
        let mut bulk = Bulk::open(&location).expect("a bulk");
        journal::open(bulk.tx(), SCOPE).expect("a log");
        journal::next(bulk.tx(), SCOPE).expect("a number");
        let mut meanwhile = Snapshot::open(&location).expect("a snapshot");
        assert_eq!(head(meanwhile.tx()), None, "not before it is committed");
        bulk.commit().expect("a commit");
        assert_eq!(head(before.tx()), None, "one moment");
        let mut after = Snapshot::open(&location).expect("a snapshot");
        assert_eq!(head(after.tx()), Some(Seq(1)));
        assert!(
            journal::open(after.tx(), ScopeId(Uuid::from_u128(78))).is_err(),
            "it only reads"
        );
        drop((before, meanwhile, after));
        let mut forgotten = Bulk::open(&location).expect("a bulk");
        journal::next(forgotten.tx(), SCOPE).expect("a number");
        drop(forgotten);
        assert_eq!(
            head(Snapshot::open(&location).expect("a snapshot").tx()),
            Some(Seq(1))
        );
    }
}
