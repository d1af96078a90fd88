//! `antiphon health`, beside a server and without one.

use crate::support::Place;
use std::{
    net::TcpListener,
    time::{Duration, Instant},
};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_terminal_says_how_the_server_is() {
    // It takes connections and says nothing.
    let silent = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let place = Place::new();
    assert!(
        place
            .fail(&["health"])
            .contains("no server runs on this data folder")
    );
    let antiphon = place.start().await;
    let said = place.succeed(&["health"]);
    assert!(
        said.starts_with("Somebody should look at this.\nLook at this Backup: No backup is noted."),
        "{said}"
    );
    assert!(said.contains("Well         Database: SQLite 3"), "{said}");
    assert!(
        said.contains("Well         Mail: This server sends no mail."),
        "{said}"
    );
    assert!(
        !said.contains(place.data().to_str().expect("a path")),
        "it names no path"
    );
    // Whoever wants to hear of everything asks for it.
    assert!(!place.run(&["health", "--strict"]).status.success());
    antiphon.kill();
    assert!(
        place
            .fail(&["health"])
            .contains("no server runs on this data folder"),
        "the socket of a dead server is nobody"
    );
    let port = silent.local_addr().expect("an address").port();
    let place = place
        .with("MAIL_FROM", "talk@example.org")
        .with("MAIL_SMTP_HOST", "127.0.0.1")
        .with("MAIL_SMTP_PORT", port)
        .with("MAIL_SMTP_TLS", "none");
    let _antiphon = place.start().await;
    let began = Instant::now();
    let output = place.run(&["health"]);
    assert!(began.elapsed() < Duration::from_secs(8), "{:?}", began.elapsed());
    assert!(!output.status.success());
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(said.starts_with("Something does not work.\nBroken       Mail: The relay takes the connection and says nothing in time."), "{said}");
}
