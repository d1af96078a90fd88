//! Calls on the virtual network.

mod audio;
mod refusals;
mod video;
