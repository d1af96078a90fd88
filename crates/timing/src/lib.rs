//! The timing layer: when an answer is due, when a notice may reach somebody, when a talk should change its form.
//!
//! Invariants: pure. Time comes in as an argument; nothing here reads a clock, a database, a network or a random number,
//! so the same question has the same answer on every server, in every test and a year later. Nothing panics, whatever the
//! hours, zones and times are; whatever walks through a calendar stops after [`HORIZON_DAYS`].
//!
//! Does not know: channels, messages, screens and words of any language but those by which [`hints`] and [`detect`] know a
//! question or a confusion. Who asks here has looked up the people's hours, and writes down what comes out.

pub mod advice;
pub mod availability;
pub mod catch_up;
pub mod charter;
pub mod delivery;
pub mod detect;
pub mod due;
pub mod estimate;
pub mod hints;
pub mod hours;
pub mod landing;
pub mod meeting;
pub mod numbers;
pub mod rhythm;
pub mod rota;
pub mod slots;
pub mod span;
pub mod turn;
pub mod urgent;
pub mod week;

#[cfg(test)]
mod properties;
#[cfg(test)]
mod testing;

pub use week::HORIZON_DAYS;
