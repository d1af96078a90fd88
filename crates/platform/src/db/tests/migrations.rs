//! What is not ours, newer than us, or altered is refused with one sentence and left as it was.

use super::*;
use crate::db::MigrationError;

const BROKEN: Migration = Migration {
    name: "tests/0002_broken",
    text: "create table half (id bigint); create table half (id bigint);",
};

async fn open_again(desk: &Desk, migrations: &[Migration]) -> Result<Db, MigrationError> {
    open(&desk.location, migrations, idle_hooks()).await
}

fn refusal(opened: Result<Db, MigrationError>) -> MigrationError {
    match opened {
        Ok(_) => panic!("it was opened"),
        Err(error) => error,
    }
}

crate::both_stores! {
    async fn the_same_program_opens_its_data_again(desk: Desk) {
        desk.note(1).await.expect("a note");
        open_again(&desk, &migrations()).await.expect("it opens");
        assert_eq!(desk.notes().await, [1]);
    }

    async fn an_older_program_is_refused(desk: Desk) {
        let error = refusal(open_again(&desk, SCHEMA).await);
        assert!(matches!(&error, MigrationError::Newer(name) if name == NOTES.name));
        assert!(error.to_string().starts_with("the data were written by a newer version"));
        desk.note(1).await.expect("nothing was touched");
    }

    async fn an_altered_step_is_refused(desk: Desk) {
        let altered = Migration { text: "create table note (id text);", ..NOTES };
        let steps: Vec<_> = SCHEMA.iter().copied().chain([altered]).collect();
        assert!(matches!(refusal(open_again(&desk, &steps).await), MigrationError::Altered(_)));
    }

    async fn a_step_that_fails_leaves_nothing(desk: Desk) {
        let mut steps = migrations();
        steps.push(BROKEN);
        let error = refusal(open_again(&desk, &steps).await);
        assert!(matches!(error, MigrationError::Failed { name: "tests/0002_broken", .. }));
        steps.pop();
        steps.push(Migration { text: "create table half (id bigint);", ..BROKEN });
        open_again(&desk, &steps).await.expect("half a step was not kept");
    }

    async fn two_processes_may_start_at_once(desk: Desk) {
        let mut steps = migrations();
        steps.push(Migration { name: "tests/0003_more", text: "create table more (id bigint);" });
        let both = futures_util::future::join(open_again(&desk, &steps), open_again(&desk, &steps)).await;
        assert!(both.0.is_ok() && both.1.is_ok(), "one waits for the other");
    }
}

#[tokio::test]
async fn a_foreign_or_damaged_file_is_left_as_it_was() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let foreign = folder.path().join("foreign.db");
    let connection = rusqlite::Connection::open(&foreign).expect("a file");
    connection
        .execute_batch("create table person (name text)")
        .expect("another program's table");
    drop(connection);
    let damaged = folder.path().join("damaged.db");
    std::fs::write(
        &damaged,
        b"this is no database, and long enough to have a header ".repeat(20),
    )
    .expect("a file");
    for file in [foreign, damaged] {
        let before = std::fs::read(&file).expect("the file");
        let location = Location::Sqlite {
            file: file.clone(),
            readers: 1,
        };
        let error = refusal(open(&location, &migrations(), idle_hooks()).await);
        assert!(matches!(error, MigrationError::Foreign(_)), "{error:?}");
        assert_eq!(std::fs::read(&file).expect("the file"), before);
    }
    let names = std::fs::read_dir(folder.path()).expect("the folder").count();
    assert_eq!(names, 2, "nothing was laid beside them");
}
