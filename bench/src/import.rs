//! A quarter of a million real messages: how long the import takes, and how the server starts and rests on them.

use crate::{
    Plan,
    antiphon::Place,
    report::{COLUMNS, Section, median, thousands},
    world,
};
use anyhow::{Context, Result, bail};
use std::{
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

/// Where the imported database stays for the parts that build on it.
const FOLDER: &str = "chitchat";
/// How long the server rests before its memory is read.
const REST: Duration = Duration::from_secs(5);
const MIB: f64 = 1024.0 * 1024.0;

pub fn run(plan: &Plan) -> Result<Section> {
    let file = conversations(plan)?;
    let mut imports = Vec::new();
    for _ in 0..plan.runs {
        let place = Place::new(plan.binary()?, plan.fresh_folder(FOLDER)?, None);
        imports.push(place.import(&file)?.as_secs_f64());
    }
    let place = Place::new(plan.binary()?, plan.folder(FOLDER), None);
    let n_messages = world::n_messages(&place)?;
    let again = place.import(&file)?.as_secs_f64();
    if world::n_messages(&place)? != n_messages {
        bail!("a second import added messages");
    }
    let (mut starts, mut idle) = (Vec::new(), Vec::new());
    for _ in 0..plan.runs {
        let running = place.serve()?;
        starts.push(running.started_within.as_secs_f64());
        std::thread::sleep(REST);
        idle.push(running.rss_bytes() as f64);
        running.stop()?;
    }
    let mut section = Section::new("import", &COLUMNS);
    let seconds = median(imports);
    let what = format!("import of {} messages", thousands(n_messages as f64));
    section.figure(&what, format!("{seconds:.1} s"), "≤ 30 s", seconds <= 30.0);
    section.fact("the same file again, which adds nothing", format!("{again:.1} s"));
    let seconds = median(starts);
    section.figure(
        "start to first answer on them",
        format!("{seconds:.2} s"),
        "≤ 0.5 s",
        seconds <= 0.5,
    );
    let mib = median(idle) / MIB;
    section.figure("memory at rest", format!("{mib:.0} MiB"), "≤ 80 MiB", mib <= 80.0);
    let size = std::fs::metadata(place.sqlite_file())?.len() as f64 / MIB;
    section.fact("size of the database", format!("{size:.0} MiB"));
    section.note(format!(
        "{} runs; the server rests {} s before its memory is read.",
        plan.runs,
        REST.as_secs()
    ));
    Ok(section)
}

/// The place with the imported conversations, imported now if it is not there.
pub fn imported_place(plan: &Plan) -> Result<Place> {
    let place = Place::new(plan.binary()?, plan.folder(FOLDER), None);
    if !place.sqlite_file().exists() {
        let place = Place::new(plan.binary()?, plan.fresh_folder(FOLDER)?, None);
        place.import(&conversations(plan)?)?;
    }
    Ok(place)
}

/// The conversations as a file that the importer reads; fetched and converted once.
pub fn conversations(plan: &Plan) -> Result<PathBuf> {
    let output = Command::new("python3")
        .arg(plan.home().join("chitchat.py"))
        .output();
    let output = output.context("running chitchat.py, which needs Python 3 with venv")?;
    if !output.status.success() {
        bail!("chitchat.py failed: {}", String::from_utf8_lossy(&output.stderr));
    }
    let path = String::from_utf8(output.stdout)?;
    Ok(Path::new(path.trim()).to_owned())
}
