//! Exports through HTTP, and what they do not hold.

mod own_data;
mod owner;
mod transcripts;

use platform::testing::Store;
use spaces::testing::House;

trait Begin: Sized {
    async fn begin(store: Store) -> Option<Self>;
}

impl Begin for House {
    async fn begin(store: Store) -> Option<Self> {
        House::open(
            store,
            vec![
                accounts::feature(),
                spaces::feature(),
                files::feature(),
                words::feature(),
                hours::feature(),
                calendar::feature(),
                groups::feature(),
                messages::feature(),
                charters::feature(),
                asks::feature(),
                urgent::feature(),
                later::feature(),
                live::feature(),
                office::feature(),
                signin::feature(),
                thanks::feature(),
                notify::feature(),
                numbers::feature(),
                crate::feature(),
            ],
        )
        .await
    }
}
