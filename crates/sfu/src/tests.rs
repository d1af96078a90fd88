//! Calls on the virtual network.

mod audio;
mod codecs;
mod faults;
mod lines;
mod mutations;
mod people;
mod quality;
mod refusals;
mod replay;
mod switch;
mod tap;
mod video;
