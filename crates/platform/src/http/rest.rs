//! What a refused request still has to say is heard before the answer goes out.
//!
//! A server that answers and closes while a client is still sending makes the client's kernel throw the answer away
//! (RFC 9112, section 9.6): instead of "at most 1 MB" its person reads that the network failed. So whatever a handler
//! left of a body is read and forgotten, up to a bound of bytes and time.

use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use axum::extract::Request;
use http::header;

/// Enough for what is a little too big; who sends much more is cut off.
const MOST_BYTES: usize = 8 << 20;

/// A slow client is not waited for.
const LONGEST: Duration = Duration::from_secs(2);

/// Where a body comes back to when its handler is done with it.
type Shelf = Arc<Mutex<Option<Body>>>;

/// The rest of a body, if there is one when the handler is done.
pub(super) struct Rest(Option<Shelf>);

/// Lends the body of a request to its handler. A client that waits for leave to send it (RFC 9110, section 10.1.1) has
/// nothing to be heard out about.
pub(super) fn lend(request: Request) -> (Request, Rest) {
    if request.body().is_end_stream() || request.headers().contains_key(header::EXPECT) {
        return (request, Rest(None));
    }
    let shelf = Shelf::default();
    let request = request.map(|body| {
        Body::new(Lent {
            body: Some(body),
            shelf: shelf.clone(),
        })
    });
    (request, Rest(Some(shelf)))
}

impl Rest {
    /// Reads what the handler has left, within the bounds.
    pub(super) async fn hear_out(self) {
        let Some(shelf) = self.0 else { return };
        let body = shelf.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(body) = body {
            // That the client went away or is too slow changes nothing: there is an answer for it either way.
            let _ = tokio::time::timeout(LONGEST, forget(body)).await;
        }
    }
}

async fn forget(mut body: Body) {
    let mut n_bytes = 0;
    while let Some(Ok(frame)) = next_frame(&mut body).await {
        n_bytes += frame.data_ref().map_or(0, Bytes::len);
        if n_bytes > MOST_BYTES {
            return;
        }
    }
}

async fn next_frame(body: &mut Body) -> Option<Result<hyper::body::Frame<Bytes>, axum::Error>> {
    std::future::poll_fn(|context| Pin::new(&mut *body).poll_frame(context)).await
}

struct Lent {
    body: Option<Body>,
    shelf: Shelf,
}

impl HttpBody for Lent {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<hyper::body::Frame<Bytes>, axum::Error>>> {
        let Some(body) = &mut self.body else {
            return Poll::Ready(None);
        };
        let polled = Pin::new(body).poll_frame(context);
        if matches!(polled, Poll::Ready(None | Some(Err(_)))) {
            self.body = None;
        }
        polled
    }

    fn is_end_stream(&self) -> bool {
        self.body.as_ref().is_none_or(HttpBody::is_end_stream)
    }

    fn size_hint(&self) -> hyper::body::SizeHint {
        self.body
            .as_ref()
            .map_or_else(hyper::body::SizeHint::default, HttpBody::size_hint)
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        let rest = self.body.take().filter(|body| !body.is_end_stream());
        *self.shelf.lock().unwrap_or_else(PoisonError::into_inner) = rest;
    }
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use futures_util::StreamExt;

    use super::*;

    /// A body of so many pieces of 1 KiB, and how many of them were read.
    fn pieces(n: usize) -> (Body, Arc<AtomicUsize>) {
        let n_read = Arc::new(AtomicUsize::new(0));
        let counted = n_read.clone();
        let stream = futures_util::stream::iter(0..n).map(move |_| {
            counted.fetch_add(1, Ordering::Relaxed);
            Ok::<_, Infallible>(Bytes::from_static(&[0; 1_024]))
        });
        (Body::from_stream(stream), n_read)
    }

    async fn heard_of(request: Request, n_read: &AtomicUsize) -> usize {
        let (request, rest) = lend(request);
        let mut body = request.into_body();
        next_frame(&mut body).await.unwrap().unwrap();
        drop(body);
        rest.hear_out().await;
        n_read.load(Ordering::Relaxed)
    }

    #[tokio::test]
    async fn what_a_handler_leaves_is_read_within_bounds() {
        let (body, n_read) = pieces(20);
        assert_eq!(heard_of(Request::new(body), &n_read).await, 20);
        let (body, n_read) = pieces(20_000);
        assert_eq!(heard_of(Request::new(body), &n_read).await, 8_193 + 1);
        let (body, n_read) = pieces(20);
        let waits = Request::post("/")
            .header("expect", "100-continue")
            .body(body)
            .unwrap();
        assert_eq!(heard_of(waits, &n_read).await, 1);
    }

    #[tokio::test(start_paused = true)]
    async fn a_client_that_stops_sending_is_not_waited_for() {
        let body = Body::from_stream(futures_util::stream::pending::<Result<Bytes, Infallible>>());
        let (request, rest) = lend(Request::new(body));
        drop(request);
        let began = tokio::time::Instant::now();
        rest.hear_out().await;
        assert_eq!(began.elapsed(), LONGEST);
    }

    #[tokio::test]
    async fn what_was_read_to_its_end_has_no_rest() {
        let (body, n_read) = pieces(3);
        let (request, rest) = lend(Request::new(body));
        let bytes = axum::body::to_bytes(request.into_body(), usize::MAX)
            .await
            .unwrap();
        assert_eq!((bytes.len(), n_read.load(Ordering::Relaxed)), (3 * 1_024, 3));
        rest.hear_out().await;
    }
}
