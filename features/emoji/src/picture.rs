//! From what was sent to what is kept: at most 128 pixels a side, with a still version where it moves.
//!
//! Invariants: the kind is told by the content; size and memory are known and bounded before anything is decoded, and
//! one picture is decoded at a time, on a blocking thread; what comes out was encoded here from pixels.

use crate::model::Error;
use bytes::Bytes;
use image::{
    AnimationDecoder, DynamicImage, Frame, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits,
    codecs::{
        gif::{GifDecoder, GifEncoder, Repeat},
        webp::{WebPDecoder, WebPEncoder},
    },
    imageops::FilterType,
    metadata::Orientation,
};
use std::{io::Cursor, time::Duration};
use tokio::sync::Semaphore;

/// Longest side of what is kept: the largest place in the app, on a dense screen.
const SIDE_PX: u32 = 128;
/// Longest side of what is sent.
const SENT_SIDE_MAX_PX: u32 = 2_048;
/// Memory for one decoded picture.
const MEMORY_MAX_BYTES: u64 = 32 * 1024 * 1024;
/// Pictures of a motion; what goes on after that is left out.
const FRAMES_MAX: usize = 100;
/// A motion that would be bigger stands still.
const MOTION_MAX_BYTES: usize = 512 * 1024;
/// The quickest of the encoder (1 to 30): 100 pictures in well under a second.
const GIF_SPEED: i32 = 30;
/// How long somebody waits for the others' pictures.
const WAIT_MAX: Duration = Duration::from_secs(10);

/// Of the whole process, because it bounds the memory of the process.
static TURN: Semaphore = Semaphore::const_new(1);

/// What is kept of a picture.
#[derive(Debug)]
pub struct Kept {
    /// WebP without loss, or a GIF that moves.
    pub picture: Bytes,
    /// WebP, where the other moves.
    pub still: Option<Bytes>,
}

/// Turns what was sent into what is kept.
pub async fn make(sent: Bytes) -> Result<Kept, Error> {
    let turn = tokio::time::timeout(WAIT_MAX, TURN.acquire()).await;
    let turn = turn.map_err(|_| Error::Busy)?.map_err(|_| Error::Busy)?;
    let done = tokio::task::spawn_blocking(move || {
        // Held here: a request that is dropped does not stop the thread.
        let _turn = turn;
        make_now(&sent)
    });
    // A panic of a decoder is the fault of the picture, too.
    done.await.unwrap_or_else(|_| Err(unreadable()))
}

/// The content type of what [`make`] made.
pub fn content_type(kept: &[u8]) -> &'static str {
    if kept.starts_with(b"RIFF") {
        "image/webp"
    } else {
        "image/gif"
    }
}

fn unreadable() -> Error {
    Error::field("", "the picture cannot be read")
}

fn refusal(err: ImageError) -> Error {
    match err {
        ImageError::Limits(_) => Error::field("", "the picture has more than 2,048 pixels a side"),
        _ => unreadable(),
    }
}

fn make_now(sent: &[u8]) -> Result<Kept, Error> {
    let format =
        image::guess_format(sent).map_err(|_| Error::field("", "a picture is PNG, GIF, WebP or JPEG"))?;
    let still = fit(decode(sent, format)?);
    let picture = Bytes::from(encode(&still)?);
    let frames = match format {
        ImageFormat::Gif => frames_of(GifDecoder::new(Cursor::new(sent)).map_err(refusal)?)?,
        ImageFormat::WebP => {
            let decoder = WebPDecoder::new(Cursor::new(sent)).map_err(refusal)?;
            match decoder.has_animation() {
                true => frames_of(decoder)?,
                false => Vec::new(),
            }
        }
        _ => Vec::new(),
    };
    if frames.len() < 2 {
        return Ok(Kept { picture, still: None });
    }
    let motion = animate(frames)?;
    match motion.len() > MOTION_MAX_BYTES {
        true => Ok(Kept { picture, still: None }),
        false => Ok(Kept {
            picture: motion.into(),
            still: Some(picture),
        }),
    }
}

fn limits() -> Limits {
    let mut limits = Limits::default();
    limits.max_image_width = Some(SENT_SIDE_MAX_PX);
    limits.max_image_height = Some(SENT_SIDE_MAX_PX);
    limits.max_alloc = Some(MEMORY_MAX_BYTES);
    limits
}

/// The first picture, upright.
fn decode(sent: &[u8], format: ImageFormat) -> Result<DynamicImage, Error> {
    if !matches!(
        format,
        ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::Gif | ImageFormat::WebP
    ) {
        return Err(Error::field("", "a picture is PNG, GIF, WebP or JPEG"));
    }
    let mut limits = limits();
    let mut reader = ImageReader::with_format(Cursor::new(sent), format);
    reader.limits(limits.clone());
    let mut decoder = reader.into_decoder().map_err(refusal)?;
    limits.reserve(decoder.total_bytes()).map_err(refusal)?;
    decoder.set_limits(limits).map_err(refusal)?;
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut picture = DynamicImage::from_decoder(decoder).map_err(refusal)?;
    picture.apply_orientation(orientation);
    Ok(picture)
}

/// One after the other, each made small at once, so that no more than one is held at its full size.
fn frames_of<'a>(decoder: impl AnimationDecoder<'a>) -> Result<Vec<Frame>, Error> {
    decoder
        .into_frames()
        .take(FRAMES_MAX)
        .map(|frame| {
            let frame = frame.map_err(refusal)?;
            let delay = frame.delay();
            let small = fit(DynamicImage::from(frame.into_buffer())).to_rgba8();
            Ok(Frame::from_parts(small, 0, 0, delay))
        })
        .collect()
}

fn fit(picture: DynamicImage) -> DynamicImage {
    match picture.width().max(picture.height()) > SIDE_PX {
        true => picture.resize(SIDE_PX, SIDE_PX, FilterType::Triangle),
        false => picture,
    }
}

fn encode(picture: &DynamicImage) -> Result<Vec<u8>, Error> {
    let (mut kept, pixels) = (Vec::new(), picture.to_rgba8());
    let (width, height) = pixels.dimensions();
    WebPEncoder::new_lossless(&mut kept)
        .encode(&pixels, width, height, image::ExtendedColorType::Rgba8)
        .map_err(|_| unreadable())?;
    Ok(kept)
}

fn animate(frames: Vec<Frame>) -> Result<Vec<u8>, Error> {
    let mut kept = Vec::new();
    {
        let mut encoder = GifEncoder::new_with_speed(&mut kept, GIF_SPEED);
        encoder.set_repeat(Repeat::Infinite).map_err(|_| unreadable())?;
        encoder.encode_frames(frames).map_err(|_| unreadable())?;
    }
    Ok(kept)
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::{Delay, GenericImageView, Rgba, RgbaImage};

    fn moving(n_frames: u8, side: u32) -> Vec<u8> {
        let frames = (0..n_frames).map(|n| {
            let picture = RgbaImage::from_pixel(side, side, Rgba([n.wrapping_mul(40), 100, 200, 255]));
            Frame::from_parts(picture, 0, 0, Delay::from_numer_denom_ms(100, 1))
        });
        animate(frames.collect()).unwrap()
    }

    #[test]
    fn what_is_kept_is_small_and_moves_when_it_did() {
        let kept = make_now(&moving(3, 200)).unwrap();
        let still = kept.still.expect("a version without motion");
        assert_eq!(
            (content_type(&kept.picture), content_type(&still)),
            ("image/gif", "image/webp")
        );
        assert_eq!(
            image::load_from_memory(&kept.picture).unwrap().dimensions(),
            (128, 128)
        );
        let frames = GifDecoder::new(Cursor::new(&kept.picture[..]))
            .unwrap()
            .into_frames();
        assert_eq!(frames.count(), 3);
        assert!(make_now(&moving(1, 20)).unwrap().still.is_none());
        let endless = make_now(&moving(120, 8)).unwrap();
        let frames = GifDecoder::new(Cursor::new(&endless.picture[..]))
            .unwrap()
            .into_frames();
        assert_eq!(frames.count(), FRAMES_MAX);
    }

    #[test]
    fn what_is_no_small_picture_is_refused() {
        let mut wide = Vec::new();
        DynamicImage::new_rgb8(2_049, 1)
            .write_to(&mut Cursor::new(&mut wide), ImageFormat::Png)
            .unwrap();
        let cut = &moving(3, 64)[..40];
        for sent in [&b"<svg onload=alert(1)>"[..], b"", b"GIF89a", cut, &wide] {
            assert!(make_now(sent).is_err(), "{:?}", &sent[..sent.len().min(20)]);
        }
    }
}
