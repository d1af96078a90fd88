//! Limits, and a scanner that finds something. The scanner is a small imitation: the real one is somebody else's server.

use super::*;
use platform::{
    app::{Doors, Parts},
    config::Config,
    testing::TestServer,
};
use spaces::testing::PASSWORD;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, UnixListener},
};

/// A server with other settings, and its owner.
async fn server_with(change: impl FnOnce(&mut Config)) -> (TestServer, platform::testing::Client) {
    let parts = Parts {
        features: vec![accounts::feature(), spaces::feature(), crate::feature()],
        doors: Doors {
            authenticate: accounts::authenticate,
            admit: accounts::admit,
            gate: spaces::gate(),
        },
        kept: accounts::kept(&Config::for_tests(&std::env::temp_dir())),
    };
    let server = TestServer::start_with(Store::Sqlite, parts, change)
        .await
        .unwrap();
    accounts::keep(&server.app);
    let token = spaces::offer_setup(&server.app).await.unwrap().unwrap();
    let body = json!({
        "token": token.as_str(), "workspace_name": "Riverside", "name": "Olga Owner", "email": "olga@example.org",
        "password": PASSWORD, "time_zone": "Europe/Berlin", "language": "en",
    });
    let owner = spaces::testing::enter(&server, server.stranger().post("/api/setup", body).await);
    (server, owner.client)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_that_is_too_big_is_refused_in_words() {
    let (_server, owner) = server_with(|config| config.files.max_size_bytes = 1_500_000).await;
    let refused = begin(&owner, "film.mp4", 1_500_001, "").await;
    refused.refused(413, "too-big");
    assert_eq!(refused.body["detail"], "A file may have up to 1.4 MiB.");
    id_of(&begin(&owner, "film.mp4", 1_500_000, "").await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_persons_room_counts_open_uploads_and_comes_back() {
    let (_server, owner) = server_with(|config| config.files.person_bytes = Some(1_000)).await;
    let file = upload(&owner, "a", &[1; 400]).await;
    let open = id_of(&begin(&owner, "b", 500, "").await);
    let refused = begin(&owner, "c", 200, "").await;
    refused.refused(413, "quota-reached");
    assert!(
        refused.body["detail"]
            .as_str()
            .unwrap()
            .starts_with("Your files may take up to 1000 bytes together")
    );
    add(&owner, &open, 0, &[2; 500]).await.expect(204);
    let id = file["id"].as_str().unwrap();
    owner.delete(&format!("/api/files/{id}")).await.expect(204);
    id_of(&begin(&owner, "c", 200, "").await);
}

/// The room may be used up while an upload is on its way: here by a limit that an administrator has lowered.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_room_that_ends_in_the_middle_keeps_what_has_come() {
    let (server, owner) = server_with(|config| config.files.workspace_bytes = Some(1_000)).await;
    let id = id_of(&begin(&owner, "x", 1_000, "").await);
    add(&owner, &id, 0, &[3; 600]).await.expect(204);
    // A second upload that was let in at the same moment by another process.
    let other = base::FileId::random();
    let (person, now) = (
        owner.get("/api/me").await.expect(200)["id"].clone(),
        server.app.clock.now(),
    );
    let person = person.as_str().unwrap().parse().unwrap();
    let upload = crate::store::UploadRow {
        id: other,
        person,
        name: "y".to_owned(),
        size_bytes: 300,
        claims: crate::model::Claims::default(),
        is_done: false,
        expires_at: now.after(crate::model::UPLOAD_LIFE),
    };
    let insert = move |tx: &mut dyn platform::db::Tx| crate::store::insert_upload(tx, &upload);
    server.app.db.write(person, insert).await.unwrap();
    let refused = add(&owner, &id, 600, &[3; 400]).await;
    refused.refused(413, "quota-reached");
    assert!(
        refused.body["detail"]
            .as_str()
            .unwrap()
            .starts_with("The files of this workspace")
    );
    assert_eq!(look(&owner, &id).await.headers["upload-offset"], "600");
    let path = format!("/api/uploads/{other}");
    owner
        .send(
            http::Method::DELETE,
            &path,
            &[("tus-resumable", "1.0.0")],
            Vec::new(),
        )
        .await
        .expect(204);
    add(&owner, &id, 600, &[3; 400]).await.expect(204);
}

/// Reads INSTREAM as clamd does, and finds what holds EICAR.
async fn scan_one(mut socket: impl AsyncReadExt + AsyncWriteExt + Unpin) {
    let mut command = [0; 10];
    socket.read_exact(&mut command).await.unwrap();
    assert_eq!(&command, b"zINSTREAM\0");
    let mut sent = Vec::new();
    loop {
        let n = socket.read_u32().await.unwrap() as usize;
        if n == 0 {
            break;
        }
        let start = sent.len();
        sent.resize(start + n, 0);
        socket.read_exact(&mut sent[start..]).await.unwrap();
    }
    let found = sent.windows(5).any(|part| part == b"EICAR");
    let answer: &[u8] = if found {
        b"stream: Eicar-Signature FOUND\0"
    } else {
        b"stream: OK\0"
    };
    socket.write_all(answer).await.unwrap();
}

async fn infected_files_are_refused(owner: &platform::testing::Client) {
    let clean = upload(owner, "clean", &vec![7; 200_000]).await;
    assert_eq!(clean["size_bytes"], 200_000);
    let id = id_of(&begin(owner, "bad.com", 12, "").await);
    add(owner, &id, 0, b"X5O!-EICAR-!")
        .await
        .refused(422, "file-refused");
    assert_eq!(look(owner, &id).await.status, 404);
    owner
        .get(&format!("/api/files/{id}"))
        .await
        .refused(404, "not-found");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_scanner_on_a_port_is_asked() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    tokio::spawn(async move {
        loop {
            scan_one(listener.accept().await.unwrap().0).await;
        }
    });
    let (_server, owner) = server_with(|config| config.files.clamd = Some(address)).await;
    infected_files_are_refused(&owner).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_scanner_behind_a_socket_is_asked() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("clamd.sock");
    let listener = UnixListener::bind(&path).unwrap();
    tokio::spawn(async move {
        loop {
            scan_one(listener.accept().await.unwrap().0).await;
        }
    });
    let (_server, owner) = server_with(|config| config.files.clamd = Some(path.display().to_string())).await;
    infected_files_are_refused(&owner).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_waits_for_a_scanner_that_is_away() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let (_server, owner) = server_with(|config| config.files.clamd = Some(address.to_string())).await;
    let id = id_of(&begin(&owner, "x", 5, "").await);
    add(&owner, &id, 0, b"12345").await.refused(503, "busy");
    assert_eq!(look(&owner, &id).await.headers["upload-offset"], "5");
    owner
        .get(&format!("/api/files/{id}"))
        .await
        .refused(404, "not-found");
    let listener = TcpListener::bind(address).await.unwrap();
    tokio::spawn(async move { scan_one(listener.accept().await.unwrap().0).await });
    let file = owner.get(&format!("/api/uploads/{id}/file")).await.expect(200);
    assert_eq!(file["size_bytes"], 5);
}
