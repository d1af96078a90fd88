//! Web Push against services that are down, silent, or late.

use super::push::{Browser, SILENCE, World};
use super::*;
use platform::both_stores;

both_stores! {
    async fn a_service_that_is_down_for_a_day_is_asked_more_and_more_rarely_and_gets_it_once(world: World) {
        let (ada, bob) = (person(&world.house, "Ada").await, person(&world.house, "Bob").await);
        let mut always = office("live");
        always["work"] = (1..=7).map(|day| json!({ "weekday": day, "from_min": 0, "to_min": 1_440 })).collect();
        declare(&bob, always).await;
        let browser = Browser::new(41);
        world.subscribe(&bob, &browser, "bob").await;
        let channel = direct(&ada, &bob).await;
        say(&ada, &channel, "one").await;
        pass(&world.house, MOMENT).await;
        let mut attempts: Vec<i64> = Vec::new();
        for minute in 0..24 * 60 {
            world.service.answer(503);
            if !world.pushes(&browser).await.is_empty() {
                attempts.push(minute);
            }
            world.service.forget_answers();
            world.house.server.advance(Duration::from_secs(60));
        }
        assert!((8..=12).contains(&attempts.len()), "{attempts:?}");
        let pauses: Vec<i64> = attempts.windows(2).map(|pair| pair[1] - pair[0]).collect();
        assert!(pauses.windows(2).all(|pair| pair[0] <= pair[1] + 1), "they grow: {pauses:?}");
        let mut n_taken = 0;
        for _ in 0..12 {
            n_taken += world.pushes(&browser).await.len();
            world.house.server.advance(HOUR);
        }
        assert_eq!(n_taken, 1);
        assert_eq!(n_rows(&world.house, &PUSH_ROWS).await, 0);
    }

    async fn what_comes_late_waits_for_their_hours_and_is_not_kept_into_their_quiet(world: World) {
        let (ada, bob) = (person(&world.house, "Ada").await, person(&world.house, "Bob").await);
        declare(&bob, office("live")).await;
        let browser = Browser::new(42);
        world.subscribe(&bob, &browser, "bob").await;
        let channel = direct(&ada, &bob).await;
        world.house.server.advance(HOUR * 7 + Duration::from_secs(40 * 60));
        world.service.answer(503);
        say(&ada, &channel, "one").await;
        pass(&world.house, MOMENT).await;
        assert_eq!(crate::push::send_due(&world.house.server.app).await.unwrap(), 1);
        let came = world.service.take();
        assert_eq!(came[0].1["ttl"], "900", "a quarter of an hour of their work is surely left");
        world.house.server.advance(HOUR);
        assert!(world.pushes(&browser).await.is_empty(), "they are at home by now");
        world.house.server.advance(HOUR * 15);
        assert!(world.pushes(&browser).await.is_empty());
        world.house.server.advance(HOUR);
        assert_eq!(world.pushes(&browser).await.len(), 1, "in the morning");
    }

    async fn a_service_that_does_not_say_whether_it_took_it_is_not_given_it_again(world: World) {
        let (ada, bob) = (person(&world.house, "Ada").await, person(&world.house, "Bob").await);
        let browser = Browser::new(43);
        world.subscribe(&bob, &browser, "bob").await;
        world.service.answer(SILENCE);
        let channel = direct(&ada, &bob).await;
        say(&ada, &channel, "one").await;
        pass(&world.house, MOMENT).await;
        assert_eq!(world.pushes(&browser).await.len(), 1, "it had it all");
        for _ in 0..4 {
            world.house.server.advance(HOUR / 2);
            assert!(world.pushes(&browser).await.is_empty());
        }
        assert_eq!(n_rows(&world.house, &PUSH_ROWS).await, 0);
        assert_ne!(bob.get("/api/push").await.expect(200)["devices"][0]["failing_since"], Value::Null);
    }
}
