//! Tests of the public face of `markup`, in one binary.

mod bombs;
mod hostile;
mod mentions;
mod rich;
mod support;
mod text;
mod tree;
