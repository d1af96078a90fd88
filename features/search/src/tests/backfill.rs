//! What was written before the index came is indexed afterwards, in small steps that may break off anywhere.

use super::*;
use crate::{
    actions::{backfill, find},
    query::Query,
    wire::SearchSort,
};
use accounts::{Role, SignedIn};
use base::{JobId, SessionId};
use platform::{
    app::{location, migrations},
    db::{Db, Hooks, Tx},
    jobs::{Job, Next},
};

/// A server of before, which knows nothing of search.
struct Before(House);

impl Before {
    async fn begin(store: Store) -> Option<Self> {
        let features = vec![
            accounts::feature(),
            spaces::feature(),
            files::feature(),
            words::feature(),
            messages::feature(),
        ];
        House::open(store, features).await.map(Self)
    }
}

/// The same data with a program that knows search.
async fn reopen(house: &House) -> Db {
    let features = [
        accounts::feature(),
        spaces::feature(),
        files::feature(),
        words::feature(),
        messages::feature(),
        crate::feature(),
    ];
    let (place, steps) = (location(&house.server.app.config), migrations(&features));
    let listeners = crate::feature().listeners.into();
    let open = move || Db::open(&place, &steps, Hooks::offline(listeners));
    tokio::task::spawn_blocking(open)
        .await
        .expect("no panic")
        .expect("it opens")
}

async fn step(db: &Db) -> Next {
    let job = Job {
        id: JobId::random(),
        kind: String::new(),
        key: String::new(),
        body: String::new(),
        n_attempts: 1,
    };
    db.write(platform::journal::ACCESS_SCOPE, move |tx| {
        (backfill::job().run)(tx, &job, platform::testing::START)
    })
    .await
    .expect("a step")
}

async fn look(db: &Db, person: &TestPerson, query: &str) -> Value {
    let who = SignedIn {
        person: person.id.parse().unwrap(),
        session: SessionId::random(),
        role: Role::Member,
        scopes: accounts::Scopes::ALL,
        is_link_guest: false,
    };
    let query = Query::read(query).unwrap();
    let now = platform::testing::START.after(Duration::from_secs(86_400));
    let wanted = find::Wanted {
        query,
        sort: SearchSort::Newest,
        cursor: None,
        limit: 50,
        now,
    };
    let page = db
        .read(move |tx: &mut dyn Tx| find::find(tx, &who, wanted.clone()))
        .await
        .expect("an answer");
    serde_json::to_value(page).unwrap()
}

both_stores! {
    async fn old_messages_and_topics_are_found_in_the_end(before: Before) {
        let house = before.0;
        let ada = house.member("Ada").await;
        let lab = house.channel(&ada, "lab", "public").await;
        for n in 0..10 {
            say(&house, &ada, if n % 2 == 0 { &lab } else { &house.general }, &format!("ebb {n} `x`")).await;
        }
        let gone = say(&house, &ada, &lab, "ebb gone").await;
        ada.delete(&format!("/api/channels/{lab}/messages/{}", id_of(&gone))).await.expect(204);
        for n in 0..5 {
            begin_topic(&house, &ada, &lab, &format!("Ebb {n}"), "flow").await;
        }

        let db = reopen(&house).await;
        let page = look(&db, &ada, "ebb").await;
        assert_eq!((excerpts(&page).len(), &page["notes"][0]["kind"]), (0, &json!("unfinished")));
        assert!(matches!(step(&db).await, Next::At(_)));
        let n_found = excerpts(&look(&db, &ada, "ebb").await).len();
        assert!(n_found > 0 && n_found <= 3, "{n_found}");
        drop(db);

        // The process ended; another goes on where it stood.
        let db = reopen(&house).await;
        let mut n_steps = 0;
        while step(&db).await != Next::Done {
            n_steps += 1;
            assert!(n_steps < 100);
        }
        assert!(n_steps > 5, "{n_steps}");
        let page = look(&db, &ada, "ebb ").await;
        assert_eq!((excerpts(&page).len(), &page["notes"]), (15, &json!([])));
        assert_eq!(excerpts(&look(&db, &ada, "has:code ebb in:general from:ada").await).len(), 5);
        assert_eq!(step(&db).await, Next::Done);
    }

    async fn a_fresh_server_has_nothing_to_catch_up(house: House) {
        say(&house, &house.owner, &house.general, "first").await;
        assert_eq!(step(&house.server.app.db).await, Next::Done);
        assert_eq!(search(&house.owner, "first").await["notes"], json!([]));
    }
}
