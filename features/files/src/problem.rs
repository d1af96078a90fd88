//! What uploads and files refuse, in the words of the API.

use crate::model::{Error, Whose};
use platform::http::problem::{CONFLICT, DISK_FULL, INVALID, MALFORMED, Problem, ProblemType, TOO_BIG};
use std::time::Duration;

/// The room for files is used up; the extension `max_bytes` says how much there is.
pub const QUOTA_REACHED: ProblemType =
    ProblemType::new("quota-reached", 413, "There is no room left for files");
/// The upload stands elsewhere; the extension `offset_bytes` says where.
pub const WRONG_OFFSET: ProblemType = ProblemType::new("wrong-offset", 409, "The upload stands elsewhere");
/// Another connection sends the same upload.
pub const UPLOAD_LOCKED: ProblemType =
    ProblemType::new("upload-locked", 423, "Another connection sends this upload");
/// The scanner found something.
pub const FILE_REFUSED: ProblemType = ProblemType::new("file-refused", 422, "The file was refused");
/// A part that the file does not have.
pub const RANGE: ProblemType = ProblemType::new("range-beyond-end", 416, "The file ends before that");
/// Another version of the upload protocol.
pub const TUS_VERSION: ProblemType =
    ProblemType::new("upload-protocol", 412, "Uploads speak another version");

/// All of them, for the test that each is documented.
pub const PROBLEMS: &[&ProblemType] = &[
    &QUOTA_REACHED,
    &WRONG_OFFSET,
    &UPLOAD_LOCKED,
    &FILE_REFUSED,
    &RANGE,
    &TUS_VERSION,
];

/// When a client shall ask again for what is being made, or whose store is away.
const AGAIN: Duration = Duration::from_secs(2);

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::NotFound => Problem::not_found(),
            Error::Field { pointer, detail } => Problem::new(&INVALID).field(pointer, detail),
            Error::TooBig { max_bytes } => Problem::new(&TOO_BIG)
                .detail(format!("A file may have up to {}.", words(max_bytes)))
                .extension("max_bytes", max_bytes),
            Error::Quota { whose, max_bytes } => quota(whose, max_bytes),
            Error::Offset { offset_bytes } => Problem::new(&WRONG_OFFSET)
                .detail(format!("{offset_bytes} bytes have come. Go on from there."))
                .extension("offset_bytes", offset_bytes),
            Error::Locked => Problem::new(&UPLOAD_LOCKED).detail("Ask where it stands, then go on."),
            Error::Refused => Problem::new(&FILE_REFUSED)
                .detail("The scanner of this server found something harmful in it. It was not kept."),
            Error::Posted => Problem::new(&CONFLICT)
                .detail("The file is part of a message. Edit or delete the message to take it away."),
            Error::NotYet => Problem::busy(AGAIN),
            Error::BrokeOff => Problem::new(&MALFORMED).detail("The body ended early; what came was kept."),
            Error::DiskFull => Problem::new(&DISK_FULL),
            Error::Broken { doing, source } => {
                tracing::warn!(error = %source, "could not {doing}");
                Problem::busy(AGAIN)
            }
            Error::Blobs(err @ platform::blobs::Error::Store { .. }) => {
                // The bucket is away for a while: what was uploaded waits, and the next who asks tries again.
                tracing::warn!(error = %platform::telemetry::chain(&err), "could not reach the store of the files");
                Problem::busy(AGAIN)
            }
            Error::Blobs(error) => error.into(),
            Error::Spaces(error) => error.into(),
            Error::Db(error) => error.into(),
        }
    }
}

fn quota(whose: Whose, max_bytes: u64) -> Problem {
    let room = words(max_bytes);
    let detail = match whose {
        Whose::Person => format!(
            "Your files may take up to {room} together, and this one does not fit in any more. Delete some, or ask an administrator for more room."
        ),
        Whose::Guests => format!(
            "What guests of this link bring may take up to {room} together, and this one does not fit in any more."
        ),
        Whose::Workspace => format!(
            "The files of this workspace may take up to {room} together, and this one does not fit in any more. Ask an administrator for more room."
        ),
    };
    Problem::new(&QUOTA_REACHED)
        .detail(detail)
        .extension("max_bytes", max_bytes)
}

/// A number of bytes as people say it.
fn words(n_bytes: u64) -> String {
    const UNITS: [(u64, &str); 3] = [(1 << 30, "GiB"), (1 << 20, "MiB"), (1 << 10, "KiB")];
    match UNITS.iter().find(|(unit, _)| n_bytes >= *unit) {
        Some((unit, name)) => {
            let tenths = n_bytes.saturating_mul(10) / unit;
            match tenths % 10 {
                0 => format!("{} {name}", tenths / 10),
                rest => format!("{}.{rest} {name}", tenths / 10),
            }
        }
        None => format!("{n_bytes} bytes"),
    }
}
