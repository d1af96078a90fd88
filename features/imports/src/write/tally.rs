//! What an import came to, in words.

use super::progress::grouped;
use crate::line::Skipped;
use std::fmt;

/// What an import came to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// New people; those who were here already count as known.
    pub n_people: u64,
    /// New spaces.
    pub n_spaces: u64,
    /// New channels.
    pub n_channels: u64,
    /// New topics.
    pub n_topics: u64,
    /// New messages.
    pub n_messages: u64,
    /// Files that came with them.
    pub n_files: u64,
    /// New emoji.
    pub n_emoji: u64,
    /// Lines that added nothing, because what they name was here.
    pub n_known: u64,
    /// What the source holds and Antiphon does not take.
    pub skipped: Skipped,
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (idx, (number, one, many)) in [
            (self.n_people, "person", "people"),
            (self.n_spaces, "space", "spaces"),
            (self.n_channels, "channel", "channels"),
            (self.n_topics, "topic", "topics"),
            (self.n_messages, "message", "messages"),
        ]
        .into_iter()
        .enumerate()
        {
            let word = if number == 1 { one } else { many };
            let joint = if idx == 0 { "" } else { ", " };
            write!(f, "{joint}{} {word}", grouped(number))?;
        }
        for (number, what) in [
            (self.n_files, "files"),
            (self.n_emoji, "emoji of the workspace's own"),
        ] {
            if number > 0 {
                write!(f, ", {} {what}", grouped(number))?;
            }
        }
        if self.n_known > 0 {
            write!(f, "; {} lines named what is here already", grouped(self.n_known))?;
        }
        for (number, what) in [
            (self.skipped.n_notices, "notices such as joins and leaves"),
            (self.skipped.n_reactions, "reactions with emoji of their own"),
            (self.skipped.n_empty, "messages without a text"),
            (self.skipped.n_emoji, "emoji of their own"),
            (self.skipped.n_files, "files, of which the names stay"),
            (self.skipped.n_other, "other things"),
        ] {
            if number > 0 {
                write!(f, "; left out {} {what}", grouped(number))?;
            }
        }
        Ok(())
    }
}

impl std::ops::AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.n_people += other.n_people;
        self.n_spaces += other.n_spaces;
        self.n_channels += other.n_channels;
        self.n_topics += other.n_topics;
        self.n_messages += other.n_messages;
        self.n_files += other.n_files;
        self.n_emoji += other.n_emoji;
        self.n_known += other.n_known;
        self.skipped += other.skipped;
    }
}
