//! Calls on the virtual network.

mod audio;
mod lines;
mod people;
mod refusals;
mod switch;
mod tap;
mod video;
