//! The server's clock is wrong, or the server dies.

use super::*;
use platform::both_stores;

both_stores! {
    async fn a_clock_that_is_set_back_or_ahead_tells_nothing_twice_and_nothing_early(house: House) {
        let (ada, bob) = (person(&house, "Ada").await, person(&house, "Bob").await);
        declare(&bob, office("live")).await;
        let channel = direct(&ada, &bob).await;
        let mut ear = Ear::of(&bob).await;
        say(&ada, &channel, "one").await;
        pass(&house, MOMENT).await;
        assert_eq!(ear.released().await["n"], 1);
        house.server.app.clock.set_back(HOUR);
        settle(&house).await;
        let two = say(&ada, &channel, "two").await;
        pass(&house, MOMENT).await;
        assert_eq!(held(&bob).await["n_held"], 1, "it is eight o'clock again, and quiet");
        pass(&house, HOUR).await;
        let told = ear.released().await;
        assert_eq!((&told["n"], &told["items"][0]["message_id"]), (&json!(1), &two["id"]));
        house.server.advance(HOUR * 9);
        let three = say(&ada, &channel, "three").await;
        pass(&house, MOMENT).await;
        // A day ahead it is evening again: its time has come, but nobody is woken.
        house.server.advance(HOUR * 24);
        settle(&house).await;
        assert_eq!(held(&bob).await["n_held"], 1);
        house.server.app.clock.set_back(HOUR * 24);
        settle(&house).await;
        assert_eq!(held(&bob).await["n_held"], 1, "it waits, and is not lost");
        pass(&house, HOUR * 39).await;
        let told = ear.released().await;
        assert_eq!((&told["n"], &told["items"][0]["message_id"]), (&json!(1), &three["id"]));
        assert_eq!(n_rows(&house, &OPEN_ROWS).await, 0);
    }

    async fn who_is_told_late_is_told_all_of_it_at_once(house: House) {
        let (ada, bob) = (person(&house, "Ada").await, person(&house, "Bob").await);
        declare(&bob, office("live")).await;
        let channel = direct(&ada, &bob).await;
        say(&ada, &channel, "one").await;
        // Nothing ran for two days: the server was off.
        house.server.advance(HOUR * 24);
        say(&ada, &channel, "two").await;
        house.server.advance(HOUR * 24);
        let mut ear = Ear::of(&bob).await;
        settle(&house).await;
        assert_eq!(ear.released().await["n"], 2);
    }

    async fn a_telling_that_breaks_off_has_not_happened(house: House) {
        let (ada, bob) = (person(&house, "Ada").await, person(&house, "Bob").await);
        declare(&bob, office("live")).await;
        let channel = direct(&ada, &bob).await;
        say(&ada, &channel, "one").await;
        let app = &house.server.app;
        house.server.advance(MOMENT);
        while jobs::run_due(app, app.job_kinds()).await.unwrap() > 0 {}
        let (id, now) = (bob.id.parse().unwrap(), app.clock.now());
        let broken = app.db.write(id, move |tx: &mut dyn platform::db::Tx| {
            crate::actions::release(tx, id, now)?;
            Err::<(), _>(platform::db::Error::Conflict)
        });
        broken.await.expect_err("as a process that dies before its commit");
        assert_eq!(n_rows(&house, &OPEN_ROWS).await, 1);
        let mut ear = Ear::of(&bob).await;
        assert_eq!(crate::release_due(app).await.unwrap(), 1);
        assert_eq!(ear.released().await["n"], 1);
        assert_eq!(crate::release_due(app).await.unwrap(), 0);
    }
}
