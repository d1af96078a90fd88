//! What tests of the whole need: the real program, people who talk to it over HTTP, readers at sockets that come back by
//! themselves, and engines that can be stopped.
//!
//! Nothing here sleeps to let something happen: it asks again until it has, or until patience ends.

mod engines;
mod person;
mod program;
mod reader;

pub use engines::{Gate, OwnBucket, OwnNats, OwnPostgres, free_port};
pub use person::Person;
pub use program::{Antiphon, Place, peak_bytes};
pub use reader::{Came, Reader, Socket};

use platform::testing::Store;
use server::app;
use spaces::testing::House;
use std::{future::Future, time::Duration};

/// Long enough for a loaded machine; nothing waits this long when all is well.
pub const PATIENCE: Duration = Duration::from_secs(30);
/// Between two questions.
const PAUSE: Duration = Duration::from_millis(20);

/// A house with every feature, in which conversations can go live. Nobody comes to the doors of its rooms.
pub async fn house_with_media(store: Store) -> Option<House> {
    let house = House::open_keeping(store, app::features(), live::kept(), |_| ()).await?;
    drop(live::start(&house.server.app).await.expect("media start"));
    Some(house)
}

/// Asks again until there is an answer.
#[track_caller]
pub fn until<T, F: Future<Output = Option<T>>>(
    what: &str,
    ask: impl FnMut() -> F,
) -> impl Future<Output = T> {
    until_within(PATIENCE, what, ask)
}

/// The same with another patience.
pub async fn until_within<T, F: Future<Output = Option<T>>>(
    patience: Duration,
    what: &str,
    mut ask: impl FnMut() -> F,
) -> T {
    let asking = async {
        loop {
            if let Some(answer) = ask().await {
                return answer;
            }
            tokio::time::sleep(PAUSE).await;
        }
    };
    let answer = tokio::time::timeout(patience, asking).await;
    answer.unwrap_or_else(|_| panic!("not within {patience:?}: {what}"))
}
