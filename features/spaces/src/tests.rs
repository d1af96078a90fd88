//! Places through HTTP.
