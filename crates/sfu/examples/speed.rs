//! How many packets a room forwards in a second of one core, and what a participant costs in memory.
//!
//! One publisher sends a picture of 1,100-byte packets, so many subscribers get it, estimation of their lines is on.
//! Clients and network are those of the tests; only the time inside of the room's own calls is counted, with the keys,
//! ciphers and reports of a real call. Run: `cargo run --release -p sfu --features testing --example speed`.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use sfu::Topology;
use sfu::testing::Call;

/// Counts what is in use, so that it can be seen what a room gives back when it goes.
struct Counting;

static IN_USE: AtomicUsize = AtomicUsize::new(0);
static N_ALLOCATIONS: AtomicUsize = AtomicUsize::new(0);

#[expect(
    unsafe_code,
    reason = "an allocator is unsafe by its nature; this one counts and hands on"
)]
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        IN_USE.fetch_add(layout.size(), Ordering::Relaxed);
        N_ALLOCATIONS.fetch_add(1, Ordering::Relaxed);
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, ptr: *mut u8, layout: Layout) {
        IN_USE.fetch_sub(layout.size(), Ordering::Relaxed);
        unsafe { System.dealloc(ptr, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

fn main() {
    let n_subscribers: Vec<usize> = std::env::args()
        .skip(1)
        .filter_map(|arg| arg.parse().ok())
        .collect();
    let n_subscribers = if n_subscribers.is_empty() {
        vec![20, 100, 300]
    } else {
        n_subscribers
    };
    println!("subscribers  packets/s of a core  us/packet  allocations/packet  KiB/participant");
    for n in n_subscribers {
        measure(n);
    }
}

fn measure(n_subscribers: usize) {
    let mut call = Call::new(1);
    call.n_allocations = || N_ALLOCATIONS.load(Ordering::Relaxed);
    call.join("publisher", Topology::One);
    // One packet of 1,100 bytes every 4 ms: 2.2 Mbit/s.
    call.clients[0].show_plainly("cam");
    call.clients[0].published[0].pace(Duration::from_millis(4));
    for n in 0..n_subscribers {
        call.join(
            &format!("subscriber {n}"),
            if n % 2 == 0 { Topology::One } else { Topology::Two },
        );
        call.run_ms(20);
    }
    call.run(Duration::from_secs(3));
    let heard = |call: &Call| {
        call.clients[1..]
            .iter()
            .map(|client| client.n_heard())
            .sum::<usize>()
    };
    let (before, room_before, n_before) = (heard(&call), call.in_room, call.n_allocations_in_room);
    call.run(Duration::from_secs(4));
    let n_packets = heard(&call) - before;
    let spent = call.in_room - room_before;
    let n_allocations = call.n_allocations_in_room - n_before;
    let expected = n_subscribers * 4 * 250;
    assert!(
        n_packets * 100 > expected * 95,
        "{n_packets} of {expected} arrived"
    );
    let with_room = IN_USE.load(Ordering::Relaxed);
    drop(call.room);
    let given_back = with_room - IN_USE.load(Ordering::Relaxed);
    println!(
        "{n_subscribers:11}  {:19.0}  {:9.2}  {:18.1}  {:15}",
        n_packets as f64 / spent.as_secs_f64(),
        spent.as_secs_f64() * 1e6 / n_packets as f64,
        n_allocations as f64 / n_packets as f64,
        given_back / 1024 / (n_subscribers + 1),
    );
}
