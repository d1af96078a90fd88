//! Importing, on both databases.
