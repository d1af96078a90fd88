//! A photo of 24 megapixels: how long after its last byte its small version can be seen, and what else waits meanwhile.

use crate::{
    Plan,
    antiphon::Place,
    client::http::Http,
    post::runtime,
    report::{COLUMNS, Section, median},
    world,
};
use anyhow::{Context, Result, bail};
use image::{ExtendedColorType, ImageEncoder, codecs::jpeg::JpegEncoder};
use std::time::{Duration, Instant};

const WIDTH_PX: u32 = 6_000;
const HEIGHT_PX: u32 = 4_000;
/// As cameras write them.
const QUALITY: u8 = 92;
const MOST_MS: f64 = 300.0;
const GIVE_UP_AFTER: Duration = Duration::from_secs(20);
const TUS: &str = "Tus-Resumable: 1.0.0\r\n";

pub fn run(plan: &Plan) -> Result<Section> {
    let folder = plan.fresh_folder("picture")?;
    let file = plan.folder("picture.jsonl");
    world::write_file(&file, 1, 1, |_, _| true)?;
    let place = Place::new(plan.binary()?, folder, None);
    place.import(&file)?;
    let person = world::sign_in(&place, 1)?.remove(0);
    let running = place.serve()?;
    let found = runtime()?.block_on(async {
        let mut http = Http::connect(running.port, Some(&person.token)).await?;
        let mut found = Found::default();
        for run in 0..plan.runs {
            // Other bytes each time: the same ones would be small already.
            let photo = photo(run)?;
            let cpu_before = running.cpu();
            send(&mut http, &photo, &mut found).await?;
            found
                .cpu_ms
                .push((running.cpu() - cpu_before).as_secs_f64() * 1000.0);
            found.sent_mb = photo.len() as f64 / 1e6;
        }
        anyhow::Ok(found)
    })?;
    running.stop()?;
    let mut section = Section::new("picture", &COLUMNS);
    let small_ms = median(found.small_ms);
    section.figure(
        "from the answer to the last byte until the small version is served",
        format!("{small_ms:.0} ms"),
        "≤ 300 ms",
        small_ms <= MOST_MS,
    );
    section.fact(
        "answer to the last part, which waits for no picture",
        format!("{:.0} ms", median(found.answer_ms)),
    );
    section.fact(
        "the slowest other request meanwhile",
        format!("{:.0} ms", found.others_ms.iter().copied().fold(0.0, f64::max)),
    );
    section.fact(
        "CPU of it all, with hashing and storing",
        format!("{:.0} ms", median(found.cpu_ms)),
    );
    section.note(format!(
        "A JPEG of {WIDTH_PX} × {HEIGHT_PX} with {:.1} MB; {} runs.",
        found.sent_mb, plan.runs
    ));
    Ok(section)
}

#[derive(Default)]
struct Found {
    small_ms: Vec<f64>,
    answer_ms: Vec<f64>,
    others_ms: Vec<f64>,
    cpu_ms: Vec<f64>,
    sent_mb: f64,
}

/// Slopes with the grain of a sensor, so that it packs as badly as a photo does.
fn photo(seed: usize) -> Result<Vec<u8>> {
    let mut state = u32::try_from(seed)? + 1;
    let mut pixels = Vec::with_capacity((WIDTH_PX * HEIGHT_PX * 3) as usize);
    for y in 0..HEIGHT_PX {
        for x in 0..WIDTH_PX {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let grain = state >> 28;
            let slope = [x / 30, y / 20, (x + y) / 50];
            pixels.extend(slope.map(|value| u8::try_from(value + grain).unwrap_or(u8::MAX)));
        }
    }
    let mut out = Vec::new();
    JpegEncoder::new_with_quality(&mut out, QUALITY).write_image(
        &pixels,
        WIDTH_PX,
        HEIGHT_PX,
        ExtendedColorType::Rgb8,
    )?;
    Ok(out)
}

async fn send(http: &mut Http, photo: &[u8], found: &mut Found) -> Result<()> {
    let length = photo.len();
    let begun = format!("{TUS}Upload-Length: {length}\r\nUpload-Metadata: filename cGhvdG8uanBn\r\n");
    let upload = http
        .request("POST", "/api/uploads", &begun, Some(""))
        .await?
        .location
        .context("an upload without a place")?;
    let part = format!("{TUS}Upload-Offset: 0\r\n");
    let began = Instant::now();
    let answer = http.patch(&upload, &part, photo).await?;
    answer.json()?;
    found.answer_ms.push(began.elapsed().as_secs_f64() * 1000.0);
    let began = Instant::now();
    let file = http.get(&format!("{upload}/file")).await?.json()?;
    let id = file["id"].as_str().context("a file without an id")?.to_owned();
    loop {
        let asked = Instant::now();
        let answer = http.get(&format!("/api/files/{id}/small")).await?;
        if answer.status == 200 {
            found.small_ms.push(began.elapsed().as_secs_f64() * 1000.0);
            return Ok(());
        }
        found.others_ms.push(asked.elapsed().as_secs_f64() * 1000.0);
        if began.elapsed() > GIVE_UP_AFTER {
            bail!("no small version; answered {}", answer.status);
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}
