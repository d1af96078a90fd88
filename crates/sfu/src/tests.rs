//! Calls on the virtual network.

mod audio;
mod lines;
mod people;
mod quality;
mod refusals;
mod replay;
mod switch;
mod tap;
mod video;
