//! Calls on the virtual network.

mod audio;
mod people;
mod refusals;
mod video;
