//! Backups under load, and what comes back from them.

use crate::support::{Person, Place, until};
use platform::testing::Store;
use serde_json::{Value, json};
use std::{
    fs,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
};

/// A PNG of one pixel.
const PICTURE: &[u8] = &[
    137, 80, 78, 71, 13, 10, 26, 10, 0, 0, 0, 13, 73, 72, 68, 82, 0, 0, 0, 1, 0, 0, 0, 1, 8, 2, 0, 0, 0, 144,
    119, 83, 222, 0, 0, 0, 12, 73, 68, 65, 84, 8, 215, 99, 248, 207, 192, 0, 0, 3, 1, 1, 0, 24, 221, 141,
    176, 0, 0, 0, 0, 73, 69, 78, 68, 174, 66, 96, 130,
];

/// A place for the restored server, with an empty database of the same kind.
fn empty_like(store: Store) -> Place {
    Place::on(store).expect("the first one was there")
}

async fn say_much(owner: Person, channel: String, said: Arc<AtomicUsize>, enough: Arc<AtomicBool>) {
    while !enough.load(Ordering::Acquire) {
        owner.say_for_sure(&channel, "tide over **slate**").await;
        said.fetch_add(1, Ordering::AcqRel);
    }
}

async fn a_backup_under_load_comes_back_whole(store: Store) {
    let Some(place) = Place::on(store) else { return };
    let antiphon = place.start().await;
    let owner = antiphon.owner().await;
    let channel = owner.general().await;
    let sent = owner.put_bytes("/api/me/picture", "image/png", PICTURE).await;
    let picture = sent.expect(200)["picture"]
        .as_str()
        .expect("a picture")
        .to_owned();
    let topic = json!({ "id": uuid::Uuid::now_v7(), "title": "A topic", "message": { "id": uuid::Uuid::now_v7(), "text": "begins" } });
    owner
        .post(&format!("/api/channels/{channel}/topics"), topic)
        .await
        .expect(201);
    let (said, enough) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicBool::new(false)));
    let talk = tokio::spawn(say_much(
        owner.clone(),
        channel.clone(),
        said.clone(),
        enough.clone(),
    ));
    until("some is said", || {
        let some = said.load(Ordering::Acquire) >= 20;
        async move { some.then_some(()) }
    })
    .await;
    let before = owner.history(&channel).await;
    let folder = place.path("backup");
    let backup = folder.to_str().expect("a path").to_owned();
    let printed = tokio::task::block_in_place(|| place.succeed(&["backup", &backup]));
    assert!(printed.contains("and 1 blobs"), "{printed}");
    enough.store(true, Ordering::Release);
    talk.await.expect("the talk ends well");
    let live = snapshot(&owner, &channel).await;
    let after = owner.history(&channel).await;
    drop(antiphon);

    let other = empty_like(store);
    tokio::task::block_in_place(|| other.succeed(&["restore", &backup]));
    let restored = other.start().await;
    assert_eq!(restored.setup_token(), None);
    let there = owner.at(&restored.address);
    let history = there.history(&channel).await;
    assert!(
        history.len() >= before.len(),
        "what was answered before its start is in it"
    );
    assert_eq!(history, after[..history.len()], "one moment, without gaps");
    assert_eq!(there.get(&picture).await.bytes, owner_picture(&place, &picture));
    // Once the rest is said again both show the same, but for what is new.
    let found = snapshot(&there, &channel).await;
    for part in ["me", "workspace", "spaces"] {
        assert_eq!(found[part], live[part], "{part}");
    }
    there.say_for_sure(&channel, "it goes on").await;
    tokio::task::block_in_place(|| refused_over_data(&other, &backup));
}

/// The bytes of a picture as they lie in a data folder.
fn owner_picture(place: &Place, picture: &str) -> Vec<u8> {
    let hash = picture.rsplit('/').next().expect("a name");
    fs::read(place.data().join("blobs").join(&hash[..2]).join(&hash[2..])).expect("a blob")
}

async fn snapshot(person: &Person, channel: &str) -> Value {
    person
        .get(&format!("/api/start?channel={channel}"))
        .await
        .expect(200)
}

/// A server that holds anything is never restored over.
fn refused_over_data(place: &Place, backup: &str) {
    let why = place.fail(&["restore", backup]);
    assert!(
        why.contains("in use by another process") || why.contains("not empty"),
        "{why}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_under_load_comes_back_whole_on_sqlite() {
    a_backup_under_load_comes_back_whole(Store::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_under_load_comes_back_whole_on_postgres() {
    a_backup_under_load_comes_back_whole(Store::Postgres).await;
}

async fn a_quiet_backup_shows_the_same(store: Store) {
    let Some(place) = Place::on(store) else { return };
    let antiphon = place.start().await;
    let owner = antiphon.owner().await;
    let channel = owner.general().await;
    owner.say_for_sure(&channel, "one").await;
    let live = snapshot(&owner, &channel).await;
    let folder = place.path("backup");
    let backup = folder.to_str().expect("a path");
    tokio::task::block_in_place(|| place.succeed(&["backup", backup]));
    let other = empty_like(store);
    tokio::task::block_in_place(|| other.succeed(&["restore", backup]));
    let restored = other.start().await;
    assert_eq!(snapshot(&owner.at(&restored.address), &channel).await, live);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_quiet_backup_shows_the_same_on_sqlite() {
    a_quiet_backup_shows_the_same(Store::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_quiet_backup_shows_the_same_on_postgres() {
    a_quiet_backup_shows_the_same(Store::Postgres).await;
}

type Damage = fn(&Path);

async fn a_damaged_backup_is_refused(store: Store) {
    let Some(place) = Place::on(store) else { return };
    let antiphon = place.start().await;
    let owner = antiphon.owner().await;
    owner
        .put_bytes("/api/me/picture", "image/png", PICTURE)
        .await
        .expect(200);
    let whole = place.path("whole");
    tokio::task::block_in_place(|| place.succeed(&["backup", whole.to_str().expect("a path")]));
    let why = place.fail(&["backup", whole.to_str().expect("a path")]);
    assert!(why.contains("is not empty"), "{why}");
    let rows = if store == Store::Sqlite {
        "antiphon.db"
    } else {
        "tables/event"
    };
    let blob = fs::read_dir(whole.join("blobs"))
        .expect("blobs")
        .next()
        .expect("one")
        .expect("it")
        .path();
    let blob = fs::read_dir(blob)
        .expect("blobs")
        .next()
        .expect("one")
        .expect("it")
        .path();
    let blob = blob
        .strip_prefix(&whole)
        .expect("inside")
        .to_str()
        .expect("a path")
        .to_owned();
    let damages: [(&str, Damage); 5] = [
        (rows, flip),
        (rows, cut),
        (&blob, flip),
        (&blob, remove),
        ("manifest.json", remove),
    ];
    for (idx, (file, damage)) in damages.into_iter().enumerate() {
        let copy = place.path(&format!("copy{idx}"));
        copy_folder(&whole, &copy);
        damage(&copy.join(file));
        let other = empty_like(store);
        let why = other.fail(&["restore", copy.to_str().expect("a path")]);
        assert!(
            why.contains("damaged") || why.contains("is no backup"),
            "{file}: {why}"
        );
        assert!(!other.data().exists(), "nothing was touched");
    }
}

fn flip(path: &Path) {
    let mut bytes = fs::read(path).expect("a file");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(path, bytes).expect("a file");
}

fn remove(path: &Path) {
    fs::remove_file(path).expect("it is there");
}

fn cut(path: &Path) {
    let bytes = fs::read(path).expect("a file");
    fs::write(path, &bytes[..bytes.len() - 1]).expect("a file");
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("a copy");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_damaged_backup_is_refused_on_sqlite() {
    a_damaged_backup_is_refused(Store::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_damaged_backup_is_refused_on_postgres() {
    a_damaged_backup_is_refused(Store::Postgres).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_goes_only_where_nothing_is_and_only_to_its_kind() {
    let place = Place::new();
    let backup = place.path("backup").to_str().expect("a path").to_owned();
    let why = place.fail(&["backup", &backup]);
    assert!(why.contains("nothing to back up"), "{why}");
    place.succeed(&["migrate"]);
    let backup = place.path("another").to_str().expect("a path").to_owned();
    place.succeed(&["backup", &backup]);
    assert!(place.fail(&["restore", &backup]).contains("not empty"));
    let Some(other) = Place::on(Store::Postgres) else {
        return;
    };
    let why = other.fail(&["restore", &backup]);
    assert!(
        why.contains("embedded database") && why.contains("database.url"),
        "{why}"
    );
}
