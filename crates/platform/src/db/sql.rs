//! Statements, values, rows and the transaction that domain code sees.

use super::{Error, Result};
use crate::{journal::Listeners, realtime::Frame};
use base::{
    BreakoutId, ChannelId, DeliveryId, FileId, GroupId, GuestLinkId, HookId, InvitationId, JobId, LinkId,
    LiveId, LiveNoteId, MeetingGuestId, MeetingId, MessageId, OfficeId, PersonId, PollId, QuestionId,
    QuestionsId, ReminderId, ReportId, RoutineId, ScopeId, Seq, SeriesId, SessionId, SpaceId,
    TimePollAnswerId, TimePollId, Timestamp, TopicId, UrgentId, WorkspaceId,
};
use std::sync::{Arc, OnceLock};
use uuid::Uuid;

/// Which database answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// The embedded file.
    Sqlite,
    /// A PostgreSQL server.
    Postgres,
}

/// A statement: a constant with a name, so that a test can prepare all of them on both databases.
#[derive(Debug)]
pub struct Sql {
    /// Its name in the code, for messages.
    pub name: &'static str,
    /// The text for SQLite.
    pub sqlite: &'static str,
    /// The text for PostgreSQL; nearly always the same.
    pub postgres: &'static str,
    /// See [`Sql::sqlite_numbered`]; made at the first use.
    #[doc(hidden)]
    pub numbered: OnceLock<String>,
}

impl Sql {
    /// The text for SQLite with `?1` in place of `$1`: there `$1` is a name, and names are numbered by where they first
    /// stand, not by what they say.
    pub fn sqlite_numbered(&self) -> &str {
        self.numbered.get_or_init(|| {
            let mut text = String::with_capacity(self.sqlite.len());
            let mut chars = self.sqlite.chars().peekable();
            while let Some(char) = chars.next() {
                let number_follows = chars.peek().is_some_and(char::is_ascii_digit);
                text.push(if char == '$' && number_follows { '?' } else { char });
            }
            text
        })
    }
}

/// Declares the statements of a `store.rs`, and `STATEMENTS`, the list of all of them.
///
/// ```
/// platform::sql! {
///     FIND = "select name from person where id = $1";
///     LIST = { sqlite: "select 1", postgres: "select 1::bigint" };
/// }
/// assert_eq!(STATEMENTS.len(), 2);
/// assert_eq!(FIND.name, "FIND");
/// ```
#[macro_export]
macro_rules! sql {
    (@text $text:literal) => { $text };
    ($($(#[$doc:meta])* $name:ident = $text:tt;)*) => {
        $($(#[$doc])* pub(crate) static $name: $crate::db::Sql = $crate::sql!(@one $name $text);)*
        /// Every statement of this file.
        pub static STATEMENTS: &[&$crate::db::Sql] = &[$(&$name),*];
    };
    (@one $name:ident { sqlite: $sqlite:literal, postgres: $postgres:literal }) => {
        $crate::db::Sql {
            name: stringify!($name),
            sqlite: $sqlite,
            postgres: $postgres,
            numbered: ::std::sync::OnceLock::new(),
        }
    };
    (@one $name:ident $text:literal) => {
        $crate::db::Sql {
            name: stringify!($name),
            sqlite: $text,
            postgres: $text,
            numbered: ::std::sync::OnceLock::new(),
        }
    };
}

/// One bound value. These kinds are enough for the whole schema.
#[derive(Debug, Clone, Copy)]
pub enum Value<'a> {
    /// SQL null.
    Null,
    /// `bigint`.
    Int(i64),
    /// `text`.
    Text(&'a str),
    /// `bytea` / blob.
    Bytes(&'a [u8]),
    /// `uuid`; 16 bytes in SQLite.
    Id(Uuid),
}

impl Value<'_> {
    /// What it is, for messages: never what it says.
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Value::Null => "null",
            Value::Int(_) => "a number",
            Value::Text(_) => "a text",
            Value::Bytes(_) => "bytes",
            Value::Id(_) => "an id",
        }
    }
}

/// Both databases refuse what one of them cannot store, so that they give equal answers.
pub(super) fn refuse_nul(args: &[Value<'_>]) -> Result<()> {
    let holds_nul = |arg: &Value<'_>| matches!(arg, Value::Text(text) if text.as_bytes().contains(&0));
    if args.iter().any(holds_nul) {
        Err(Error::Nul)
    } else {
        Ok(())
    }
}

/// A result row, borrowed while it is visited.
pub trait Row {
    /// A number, or None for null.
    fn int(&self, idx: usize) -> Result<Option<i64>>;
    /// A text, or None for null.
    fn text(&self, idx: usize) -> Result<Option<&str>>;
    /// Bytes, or None for null.
    fn bytes(&self, idx: usize) -> Result<Option<&[u8]>>;
    /// An id, or None for null.
    fn id(&self, idx: usize) -> Result<Option<Uuid>>;
}

impl dyn Row + '_ {
    /// The typed value of a column.
    pub fn get<T: FromColumn>(&self, idx: usize) -> Result<T> {
        T::from_column(self, idx)?.ok_or(Error::Column(idx))
    }

    /// The typed value of a column that may be null.
    pub fn get_optional<T: FromColumn>(&self, idx: usize) -> Result<Option<T>> {
        T::from_column(self, idx)
    }
}

/// Types that a column can hold.
pub trait FromColumn: Sized {
    /// None for null.
    fn from_column(row: &dyn Row, idx: usize) -> Result<Option<Self>>;
}

/// A transaction: object safe, synchronous, borrowed rows.
pub trait Tx {
    /// Runs a statement and returns the number of rows that it changed.
    fn exec(&mut self, sql: &'static Sql, args: &[Value<'_>]) -> Result<u64>;
    /// Runs a query and visits each row. A statement that changes rows and returns them is a query too.
    fn each(
        &mut self,
        sql: &'static Sql,
        args: &[Value<'_>],
        visit: &mut dyn FnMut(&dyn Row) -> Result<()>,
    ) -> Result<()>;
    /// Gives a frame to the receivers, once and only if this transaction is committed.
    fn announce(&mut self, frame: Arc<Frame>);
    /// Which SQL is spoken.
    fn dialect(&self) -> Dialect;
    /// Who acts in the transaction of an event; for the journal.
    fn listeners(&self) -> Listeners;
}

impl dyn Tx + '_ {
    /// The first row, if there is one.
    pub fn find<T>(
        &mut self,
        sql: &'static Sql,
        args: &[Value<'_>],
        mut map: impl FnMut(&dyn Row) -> Result<T>,
    ) -> Result<Option<T>> {
        let mut found = None;
        self.each(sql, args, &mut |row| {
            if found.is_none() {
                found = Some(map(row)?);
            }
            Ok(())
        })?;
        Ok(found)
    }

    /// The only row; its absence is an error of the code.
    pub fn one<T>(
        &mut self,
        sql: &'static Sql,
        args: &[Value<'_>],
        map: impl FnMut(&dyn Row) -> Result<T>,
    ) -> Result<T> {
        self.find(sql, args, map)?.ok_or(Error::NoRow)
    }

    /// All rows, in the order of the query.
    pub fn list<T>(
        &mut self,
        sql: &'static Sql,
        args: &[Value<'_>],
        mut map: impl FnMut(&dyn Row) -> Result<T>,
    ) -> Result<Vec<T>> {
        let mut rows = Vec::new();
        self.each(sql, args, &mut |row| {
            rows.push(map(row)?);
            Ok(())
        })?;
        Ok(rows)
    }
}

impl FromColumn for i64 {
    fn from_column(row: &dyn Row, idx: usize) -> Result<Option<Self>> {
        row.int(idx)
    }
}

impl FromColumn for bool {
    fn from_column(row: &dyn Row, idx: usize) -> Result<Option<Self>> {
        Ok(row.int(idx)?.map(|value| value != 0))
    }
}

impl FromColumn for String {
    fn from_column(row: &dyn Row, idx: usize) -> Result<Option<Self>> {
        Ok(row.text(idx)?.map(str::to_owned))
    }
}

impl FromColumn for Vec<u8> {
    fn from_column(row: &dyn Row, idx: usize) -> Result<Option<Self>> {
        Ok(row.bytes(idx)?.map(<[u8]>::to_vec))
    }
}

impl FromColumn for Uuid {
    fn from_column(row: &dyn Row, idx: usize) -> Result<Option<Self>> {
        row.id(idx)
    }
}

macro_rules! id_columns {
    ($($name:ident),*) => {$(
        impl FromColumn for $name {
            fn from_column(row: &dyn Row, idx: usize) -> Result<Option<Self>> {
                Ok(row.id(idx)?.map($name))
            }
        }
        impl From<$name> for Value<'_> {
            fn from(id: $name) -> Self {
                Value::Id(id.0)
            }
        }
    )*};
}
id_columns!(
    BreakoutId,
    OfficeId,
    ChannelId,
    DeliveryId,
    GuestLinkId,
    HookId,
    FileId,
    InvitationId,
    JobId,
    LinkId,
    MeetingGuestId,
    MeetingId,
    MessageId,
    PersonId,
    LiveId,
    LiveNoteId,
    PollId,
    QuestionId,
    QuestionsId,
    GroupId,
    ReminderId,
    ReportId,
    RoutineId,
    ScopeId,
    SeriesId,
    SessionId,
    SpaceId,
    TimePollAnswerId,
    TimePollId,
    TopicId,
    UrgentId,
    WorkspaceId
);

macro_rules! number_columns {
    ($($name:ident),*) => {$(
        impl FromColumn for $name {
            fn from_column(row: &dyn Row, idx: usize) -> Result<Option<Self>> {
                Ok(row.int(idx)?.map($name))
            }
        }
        impl From<$name> for Value<'_> {
            fn from(number: $name) -> Self {
                Value::Int(number.0)
            }
        }
    )*};
}
number_columns!(Seq, Timestamp);

impl From<i64> for Value<'_> {
    fn from(number: i64) -> Self {
        Value::Int(number)
    }
}

impl From<bool> for Value<'_> {
    fn from(truth: bool) -> Self {
        Value::Int(i64::from(truth))
    }
}

impl From<Uuid> for Value<'_> {
    fn from(id: Uuid) -> Self {
        Value::Id(id)
    }
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Self {
        Value::Text(text)
    }
}

impl<'a> From<&'a String> for Value<'a> {
    fn from(text: &'a String) -> Self {
        Value::Text(text)
    }
}

impl<'a> From<&'a [u8]> for Value<'a> {
    fn from(bytes: &'a [u8]) -> Self {
        Value::Bytes(bytes)
    }
}

impl<'a, T: Into<Value<'a>>> From<Option<T>> for Value<'a> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Value::Null, Into::into)
    }
}
