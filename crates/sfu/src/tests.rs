//! Calls on the virtual network.

mod audio;
mod refusals;
