//! The imported conversations as a whole out of a server and into another: how long both take.

use crate::{
    Plan,
    antiphon::Place,
    import,
    report::{COLUMNS, Section, median, thousands},
    world,
};
use anyhow::{Result, bail};

const MIB: f64 = 1024.0 * 1024.0;

pub fn run(plan: &Plan) -> Result<Section> {
    let place = import::imported_place(plan)?;
    let n_messages = world::n_messages(&place)?;
    let archive = plan.folder("export.zip");
    let (mut exports, mut imports) = (Vec::new(), Vec::new());
    for _ in 0..plan.runs {
        if archive.exists() {
            std::fs::remove_file(&archive)?;
        }
        exports.push(place.run(&["export"], &archive)?.as_secs_f64());
        let folder = plan.fresh_folder("exported")?;
        let other = Place::new(plan.binary()?, folder, None);
        imports.push(other.run(&["import", "workspace"], &archive)?.as_secs_f64());
        if world::n_messages(&other)? != n_messages {
            bail!("the import lost messages");
        }
    }
    let mut section = Section::new("export", &COLUMNS);
    let seconds = median(exports);
    let what = format!("export of {} messages", thousands(n_messages as f64));
    section.figure(&what, format!("{seconds:.1} s"), "≤ 20 s", seconds <= 20.0);
    section.fact(
        "and back into an empty server",
        format!("{:.1} s", median(imports)),
    );
    let size = std::fs::metadata(&archive)?.len() as f64 / MIB;
    section.fact("size of the archive", format!("{size:.0} MiB"));
    section.note(format!("{} runs, on the conversations of `import`.", plan.runs));
    Ok(section)
}
