//! Group commit: what shares a transaction does not share a fate.

use super::*;

crate::both_stores! {
    async fn a_batch_keeps_the_good_and_drops_the_failed(desk: Desk) {
        desk.note(1).await.expect("the first note");
        let blocked = desk.block_lane().await;
        let (db, scope) = (&desk.db, desk.scope);
        let refused_early = db.write(scope, move |_| Err::<Seq, _>(Error::NoRow));
        let refused_late = db.write(scope, move |tx| {
            note(tx, scope, 20)?;
            Err::<Seq, _>(Error::NoRow)
        });
        let panicked = db.write(scope, move |tx| -> Result<Seq, Error> {
            note(tx, scope, 30)?;
            std::panic::resume_unwind(Box::new("broken off"))
        });
        let taken = db.write(scope, move |tx| note(tx, scope, 1));
        let swallowed = db.write(scope, move |tx| {
            let seq = note(tx, scope, 40)?;
            let _ = tx.exec(&ADD_NOTE, &[1.into(), "again".into()]);
            Ok::<_, Error>(seq)
        });
        let all = futures_util::future::join(
            futures_util::future::join5(desk.note(2), refused_early, desk.note(3), refused_late, desk.note(4)),
            futures_util::future::join5(panicked, desk.note(5), taken, swallowed, desk.note(6)),
        );
        let release = async {
            // After the futures before it were polled: by then all of them wait in the lane.
            tokio::task::yield_now().await;
            drop(blocked);
        };
        let (((two, early, three, late, four), (panicked, five, taken, swallowed, six)), ()) =
            futures_util::future::join(all, release).await;
        let kept = [two, three, four, five, six].map(|kept| kept.expect("a good note").0);
        assert_eq!(kept, [2, 3, 4, 5, 6], "the numbers have no gap where others failed");
        assert!(matches!((early, late), (Err(Error::NoRow), Err(Error::NoRow))));
        assert!(matches!(panicked, Err(Error::Panicked)));
        assert!(matches!(taken, Err(Error::Taken)));
        assert!(matches!(swallowed, Err(Error::Taken)), "a swallowed failure is not answered with success");
        assert_eq!(desk.notes().await, [1, 2, 3, 4, 5, 6]);
        let all = vec![1, 2, 3, 4, 5, 6];
        assert_eq!(desk.numbers().await, (all.clone(), all));
    }

    async fn an_announcement_without_a_row_is_taken_back_too(desk: Desk) {
        let scope = desk.scope;
        let blocked = desk.block_lane().await;
        let announced = desk.db.write(scope, move |tx| {
            tx.announce(Arc::new(Frame::new(scope, Seq(9), "never", Timestamp(1), None, "{}")));
            Err::<(), _>(Error::NoRow)
        });
        let release = async {
            tokio::task::yield_now().await;
            drop(blocked);
        };
        let (announced, kept, ()) = futures_util::future::join3(announced, desk.note(1), release).await;
        assert!(announced.is_err() && kept.is_ok());
        assert_eq!(desk.numbers().await, (vec![1], vec![1]));
    }

    async fn arguments_are_bound_by_their_number(desk: Desk) {
        desk.note(7).await.expect("a note");
        let changed = desk.db.write(desk.scope, |tx| tx.exec(&CHANGE_NOTE, &[7.into(), "second".into()])).await;
        assert_eq!(changed.unwrap_or_else(|error: Error| panic!("{error}")), 1);
        let text = desk.db.read(|tx| tx.one(&TEXT_OF_NOTE, &[7.into()], |row| row.get::<String>(0))).await;
        assert_eq!(text.unwrap_or_else(|error: Error| panic!("{error}")), "second");
    }

    async fn a_reader_cannot_write(desk: Desk) {
        let written = desk.db.read(|tx| tx.exec(&ADD_NOTE, &[1.into(), "no".into()])).await;
        assert!(matches!(written, Err(Error::Statement { .. })), "{written:?}");
        assert_eq!(desk.notes().await, [0; 0]);
        desk.note(1).await.expect("the readers and the lane are well");
        assert_eq!(desk.notes().await, [1]);
    }
}
