//! The verbs asked of a LiveKit server: ours speaks its room service, so it plays one.

use std::time::Duration;

use media::{Grants, Media, MediaError, Mode, OpenRoom, Settings, StartError};

use crate::support::{serve, settings};

async fn cluster_at(url: String) -> Result<Media, StartError> {
    let settings = Settings {
        mode: Mode::LiveKit { url },
        ..settings(0)
    };
    Media::start(settings).await
}

#[tokio::test]
async fn every_verb_reaches_the_cluster() {
    let server = serve().await;
    let media = cluster_at(format!("ws://{}/", server.address)).await.unwrap();
    assert_eq!(
        media.client_url(),
        Some(format!("ws://{}", server.address).as_str())
    );
    media.open("hall", OpenRoom::default()).await.unwrap();
    let (mut ada, _) = server.enter("hall", "ada").await;
    assert_eq!(media.rooms().await.unwrap()[0].name, "hall");
    assert_eq!(media.people("hall").await.unwrap()[0].identity, "ada");
    media
        .set_grants(
            "hall",
            "ada",
            Grants {
                can_publish: false,
                ..Grants::default()
            },
        )
        .await
        .unwrap();
    media.set_metadata("hall", "looms").await.unwrap();
    media.send("hall", "topic", b"hello".to_vec(), &[]).await.unwrap();
    assert_eq!(
        media.mute("hall", "ada", "TR_none", true).await,
        Err(MediaError::NoTrack)
    );
    assert_eq!(media.remove("hall", "bob").await, Err(MediaError::NoParticipant));
    media.remove("hall", "ada").await.unwrap();
    assert_eq!(ada.hear_until(|_| None::<()>).await, None);
    media.close("hall").await.unwrap();
    assert_eq!(media.close("hall").await, Err(MediaError::NoRoom));
    assert_eq!(server.media.people("hall").await, Err(MediaError::NoRoom));
}

#[tokio::test]
async fn a_ticket_is_good_at_the_cluster() {
    let server = serve().await;
    let media = cluster_at(format!("http://{}", server.address)).await.unwrap();
    let ticket = media::Ticket {
        identity: "ada".into(),
        lifetime: Duration::from_secs(60),
        ..media::Ticket::default()
    };
    let token = media.ticket("hall", &ticket);
    assert_eq!(
        server.get(&format!("/rtc/validate?access_token={token}")).await,
        (200, "success".into())
    );
}

#[tokio::test]
async fn a_cluster_that_is_away_is_an_error_and_a_bad_address_does_not_start() {
    let media = cluster_at("ws://127.0.0.1:9".into()).await.unwrap();
    assert!(matches!(media.people("hall").await, Err(MediaError::Cluster(_))));
    for url in ["", "livekit.example", "ftp://livekit.example", "wss://"] {
        assert!(
            matches!(cluster_at(url.into()).await.err(), Some(StartError::BadUrl(_))),
            "{url}"
        );
    }
}
