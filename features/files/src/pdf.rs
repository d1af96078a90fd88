//! The first page of a PDF as a picture.
//!
//! Invariants: a stranger's document is read and drawn in a process of its own, which has no settings, bounded memory and
//! a few seconds, and answers with a PNG or not at all; the server only hands its bytes over. When memory runs out on the
//! machine, that process is the first to go. Blocks.

use hayro::{
    PixmapSettings, RenderCache, RenderSettings, hayro_interpret::InterpreterSettings, hayro_syntax::Pdf,
    render, vello_cpu::color::palette::css::WHITE,
};
use rustix::process::{Resource, Rlimit, setrlimit};
use std::{
    io::{self, Read, Write},
    path::PathBuf,
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
    sync::mpsc,
    time::Duration,
};

/// The argument with which the program of the server calls [`answer`].
pub const COMMAND: &str = "draw-pdf";
/// Longest side of the drawn page.
const SIDE_PX: f32 = 1_280.0;
/// A page is drawn in tenths of a second; a trap is not.
const CPU_S: u64 = 10;
/// By the clock on the wall, where the machine is busy; less than the lease of the worker.
const TIME_MAX: Duration = Duration::from_secs(40);
/// Of address space: the program itself, and what is set aside without being used.
const SPACE_BYTES: u64 = 4 * 1024 * 1024 * 1024;
/// Of memory that can be written to: the largest document twice, its page, and pictures on it.
const MEMORY_BYTES: u64 = 768 * 1024 * 1024;
/// The allocator takes memory as it is used, not a gigabyte at first; what it would take at first counts as used.
const ALLOCATOR: [(&str, &str); 2] = [
    ("MIMALLOC_ARENA_EAGER_COMMIT", "0"),
    ("MIMALLOC_ALLOW_LARGE_OS_PAGES", "0"),
];
/// A PNG of such a page at its worst.
const PICTURE_MAX_BYTES: u64 = 16 * 1024 * 1024;

/// What the process for one document does: reads it from its input, writes the picture to its output.
pub fn answer() -> io::Result<()> {
    limit(Resource::Cpu, CPU_S)?;
    limit(Resource::As, SPACE_BYTES)?;
    limit(Resource::Data, MEMORY_BYTES)?;
    limit(Resource::Core, 0)?;
    // Where it cannot be said, the kernel chooses by itself.
    let _ = std::fs::write("/proc/self/oom_score_adj", "1000");
    let mut bytes = Vec::new();
    io::stdin().lock().read_to_end(&mut bytes)?;
    let picture = first_page(bytes).ok_or(io::ErrorKind::InvalidData)?;
    io::stdout().lock().write_all(&picture)
}

fn limit(what: Resource, most: u64) -> io::Result<()> {
    let limit = Rlimit {
        current: Some(most),
        maximum: Some(most),
    };
    Ok(setrlimit(what, limit)?)
}

/// Has a document drawn. None: it cannot be drawn. An error says nothing about the document.
pub(crate) fn draw(bytes: &[u8]) -> io::Result<Option<Vec<u8>>> {
    let mut child = Command::new(own_program()?)
        .arg(COMMAND)
        .env_clear()
        .envs(ALLOCATOR)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()?;
    let (input, output) = (child.stdin.take(), child.stdout.take());
    let drawn = talk(&mut child, input, output, bytes);
    // Whatever it still wants to say, nobody listens.
    child.kill()?;
    child.wait()?;
    Ok(drawn?.filter(|picture| picture.starts_with(b"\x89PNG")))
}

/// Hands the document over and takes the picture. None: it took too long, and is still at it.
fn talk(
    child: &mut Child,
    input: Option<ChildStdin>,
    output: Option<ChildStdout>,
    bytes: &[u8],
) -> io::Result<Option<Vec<u8>>> {
    let (said, heard) = mpsc::sync_channel(1);
    std::thread::scope(|scope| {
        // It may end before it has read everything: what cannot be written then is not missed.
        scope.spawn(move || input.map(|mut input| input.write_all(bytes)));
        scope.spawn(move || {
            let mut picture = Vec::new();
            let output = output.map(|output| output.take(PICTURE_MAX_BYTES));
            let read = output
                .map(|mut output| output.read_to_end(&mut picture))
                .transpose();
            // Nobody waits any more when it took too long.
            let _ = said.send(read.map(|_| picture));
        });
        let heard = heard.recv_timeout(TIME_MAX);
        // Both threads end when the other end is gone.
        let _ = child.kill();
        heard.ok().transpose()
    })
}

/// Also when the file was replaced by a newer version meanwhile.
fn own_program() -> io::Result<PathBuf> {
    let running = PathBuf::from("/proc/self/exe");
    if running.exists() {
        Ok(running)
    } else {
        std::env::current_exe()
    }
}

/// As PNG, on white. None when the document is broken, encrypted, empty, or its page has no size.
fn first_page(bytes: Vec<u8>) -> Option<Vec<u8>> {
    let pdf = Pdf::new(bytes).ok()?;
    let pages = pdf.pages();
    let page = pages.iter().next()?;
    let (width, height) = page.render_dimensions();
    let longest = width.max(height);
    if !longest.is_finite() || longest < 1.0 {
        return None;
    }
    let scale = SIDE_PX / longest;
    let settings = PixmapSettings {
        x_scale: scale,
        y_scale: scale,
        bg_color: WHITE,
    };
    let drawn = render(
        page,
        &RenderCache::new(),
        &InterpreterSettings::default(),
        &RenderSettings::default(),
        &settings,
    );
    drawn.into_png().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::GenericImageView;

    /// A page of this size in points with a red square at its foot.
    fn document(width: u32, height: u32) -> Vec<u8> {
        let drawing = "1 0 0 rg 0 0 50 50 re f";
        let objects = [
            "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
            format!("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {width} {height}] /Contents 4 0 R >>"),
            format!("<< /Length {} >>\nstream\n{drawing}\nendstream", drawing.len()),
        ];
        let mut text = "%PDF-1.4\n".to_owned();
        let mut places = Vec::new();
        for (idx, object) in objects.iter().enumerate() {
            places.push(text.len());
            text.push_str(&format!("{} 0 obj\n{object}\nendobj\n", idx + 1));
        }
        let table = text.len();
        text.push_str("xref\n0 5\n0000000000 65535 f \n");
        for place in places {
            text.push_str(&format!("{place:010} 00000 n \n"));
        }
        text.push_str(&format!(
            "trailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n"
        ));
        text.into_bytes()
    }

    #[test]
    fn the_first_page_is_drawn_on_white() {
        let picture = image::load_from_memory(&first_page(document(400, 640)).unwrap()).unwrap();
        assert_eq!(picture.dimensions(), (800, 1_280));
        assert_eq!(picture.get_pixel(10, 1_270).0, [255, 0, 0, 255]);
        assert_eq!(picture.get_pixel(700, 10).0, [255, 255, 255, 255]);
    }

    #[test]
    fn what_cannot_be_drawn_is_nothing() {
        for bytes in [b"%PDF-1.4\n%%EOF".to_vec(), b"no document".to_vec(), Vec::new()] {
            assert_eq!(first_page(bytes), None);
        }
        let huge = first_page(document(1_000_000, 1))
            .map(|picture| image::load_from_memory(&picture).unwrap().dimensions());
        assert!(
            huge.is_none_or(|(width, height)| width <= 1_280 && height <= 1_280),
            "{huge:?}"
        );
    }
}
