//! Small versions of pictures, and the few colours that stand in their place until they are there.
//!
//! Invariants: size and memory are known and bounded before anything is decoded; one picture is decoded at a time; what
//! comes out was encoded here from pixels, upright, without metadata. Runs in the worker, never while somebody waits for
//! an answer. Blocks.

use base64::{Engine, engine::general_purpose::STANDARD_NO_PAD};
use image::{
    DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits,
    codecs::{jpeg::JpegEncoder, webp::WebPEncoder},
    metadata::Orientation,
};
use pixels::{fitting, shrink};
use std::{
    io::{BufReader, Cursor},
    path::Path,
};

/// Pixels of a picture: the largest sensors of telephones.
pub const PIXELS_MAX: u64 = 50_000_000;
/// Longest side: keeps a picture of one row from growing when it is shrunk.
const SIDE_MAX_PX: u32 = 20_000;
/// Memory for the decoded picture, so that the server stays below +128 MB: 33 million pixels in three colours.
const MEMORY_MAX_BYTES: u64 = 100 * 1024 * 1024;
/// Longest side in the timeline, on a dense screen; about 40 kB.
const SMALL_PX: u32 = 640;
/// Longest side in the lightbox.
const LARGE_PX: u32 = 1_600;
const JPEG_QUALITY: u8 = 80;
/// Longest side of the placeholder.
const PLACEHOLDER_PX: u32 = 6;

/// What the worker makes of a picture.
#[derive(Debug)]
pub struct Versions {
    /// For the timeline.
    pub small: Vec<u8>,
    /// For the lightbox; None when the small one, or the picture itself, is no larger.
    pub large: Option<Vec<u8>>,
    /// Width, height, then the pixels row by row in RGB565, big-endian; base64 without padding.
    pub placeholder: String,
    /// Width and height of the whole, upright.
    pub size_px: (u32, u32),
}

/// The size of a picture as it is shown, from its head; None when it cannot be shown: broken, or beyond the limits.
pub fn measure(path: &Path) -> Option<(u32, u32)> {
    let file = BufReader::new(std::fs::File::open(path).ok()?);
    let (mut decoder, _) = open(ImageReader::new(file).with_guessed_format().ok()?).ok()?;
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    Some(turned(decoder.dimensions(), orientation))
}

fn turned((width, height): (u32, u32), orientation: Orientation) -> (u32, u32) {
    let is_turned = matches!(
        orientation,
        Orientation::Rotate90
            | Orientation::Rotate270
            | Orientation::Rotate90FlipH
            | Orientation::Rotate270FlipH
    );
    if is_turned {
        (height, width)
    } else {
        (width, height)
    }
}

/// Makes the small versions. An error is the picture's fault.
pub fn make_versions(bytes: &[u8]) -> Result<Versions, ImageError> {
    let (mut decoder, limits) = open(ImageReader::new(Cursor::new(bytes)).with_guessed_format()?)?;
    decoder.set_limits(limits)?;
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let whole = DynamicImage::from_decoder(decoder)?;
    let size_px = turned((whole.width(), whole.height()), orientation);
    let is_larger = whole.width().max(whole.height()) > LARGE_PX;
    let mut large = shrink(whole, LARGE_PX);
    large.apply_orientation(orientation);
    let small = shrink(large.clone(), SMALL_PX);
    Ok(Versions {
        placeholder: placeholder_of(&small),
        size_px,
        small: encode(&small)?,
        large: is_larger.then(|| encode(&large)).transpose()?,
    })
}

/// Makes the small version alone, with its size.
pub fn make_small(bytes: &[u8]) -> Result<(Vec<u8>, (u32, u32)), ImageError> {
    let (mut decoder, limits) = open(ImageReader::new(Cursor::new(bytes)).with_guessed_format()?)?;
    decoder.set_limits(limits)?;
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let whole = DynamicImage::from_decoder(decoder)?;
    let mut small = shrink(whole, SMALL_PX);
    small.apply_orientation(orientation);
    Ok((encode(&small)?, (small.width(), small.height())))
}

/// The content type of a version that was made here.
pub fn version_type(kept: &[u8]) -> &'static str {
    if kept.starts_with(b"RIFF") {
        "image/webp"
    } else {
        "image/jpeg"
    }
}

fn open<'a, R: std::io::BufRead + std::io::Seek + 'a>(
    mut reader: ImageReader<R>,
) -> Result<(impl ImageDecoder + 'a, Limits), ImageError> {
    use image::error::{LimitError, LimitErrorKind};
    let refused = || ImageError::Limits(LimitError::from_kind(LimitErrorKind::DimensionError));
    if !matches!(
        reader.format(),
        Some(ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::Gif | ImageFormat::WebP)
    ) {
        return Err(refused());
    }
    let mut limits = Limits::default();
    limits.max_image_width = Some(SIDE_MAX_PX);
    limits.max_image_height = Some(SIDE_MAX_PX);
    limits.max_alloc = Some(MEMORY_MAX_BYTES);
    reader.limits(limits.clone());
    let decoder = reader.into_decoder()?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > PIXELS_MAX {
        return Err(refused());
    }
    limits.reserve(decoder.total_bytes())?;
    Ok((decoder, limits))
}

/// JPEG, or WebP without loss for what is transparent somewhere.
fn encode(picture: &DynamicImage) -> Result<Vec<u8>, ImageError> {
    let mut kept = Vec::new();
    if picture.color().has_alpha() {
        let pixels = picture.to_rgba8();
        if pixels.pixels().any(|pixel| pixel.0[3] < u8::MAX) {
            let (width, height) = pixels.dimensions();
            let kind = image::ExtendedColorType::Rgba8;
            WebPEncoder::new_lossless(&mut kept).encode(&pixels, width, height, kind)?;
            return Ok(kept);
        }
    }
    JpegEncoder::new_with_quality(&mut kept, JPEG_QUALITY).encode_image(&picture.to_rgb8())?;
    Ok(kept)
}

fn placeholder_of(small: &DynamicImage) -> String {
    let (width, height) = fitting(small.width(), small.height(), PLACEHOLDER_PX);
    let tiny = small.thumbnail_exact(width, height).to_rgba8();
    let mut bytes = vec![
        u8::try_from(width).unwrap_or(u8::MAX),
        u8::try_from(height).unwrap_or(u8::MAX),
    ];
    for pixel in tiny.pixels() {
        let [red, green, blue, alpha] = pixel.0;
        // What is transparent stands on white.
        let over = |colour: u8| (u16::from(colour) * u16::from(alpha) + 255 * (255 - u16::from(alpha))) / 255;
        let packed = (over(red) >> 3) << 11 | (over(green) >> 2) << 5 | over(blue) >> 3;
        bytes.extend(packed.to_be_bytes());
    }
    STANDARD_NO_PAD.encode(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::{GenericImageView, Rgb, RgbImage, Rgba, RgbaImage};

    fn encoded(picture: impl Into<DynamicImage>, format: ImageFormat) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        picture.into().write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    }

    fn red_and_blue(width: u32, height: u32) -> RgbImage {
        RgbImage::from_fn(width, height, |x, _| {
            if x < width / 2 {
                Rgb([250, 0, 0])
            } else {
                Rgb([0, 0, 250])
            }
        })
    }

    #[test]
    fn versions_fit_and_never_grow() {
        for (width, height, small, large) in [
            (3_000, 2_000, (640, 426), Some((1_600, 1_066))),
            (1_000, 2_000, (320, 640), Some((800, 1_600))),
            (1_600, 900, (640, 360), None),
            (20, 10, (20, 10), None),
            (5_000, 2, (640, 1), Some((1_600, 1))),
        ] {
            let made = make_versions(&encoded(red_and_blue(width, height), ImageFormat::Png)).unwrap();
            let size = |bytes: &[u8]| image::load_from_memory(bytes).unwrap().dimensions();
            assert_eq!(size(&made.small), small, "{width} × {height}");
            assert_eq!(made.large.as_deref().map(size), large, "{width} × {height}");
        }
    }

    #[test]
    fn the_placeholder_is_a_few_colours() {
        let made = make_versions(&encoded(red_and_blue(600, 400), ImageFormat::Jpeg)).unwrap();
        assert!(made.placeholder.len() <= 100, "{}", made.placeholder);
        let bytes = STANDARD_NO_PAD.decode(made.placeholder).unwrap();
        assert_eq!((bytes[0], bytes[1], bytes.len()), (6, 4, 2 + 6 * 4 * 2));
        let colour = |idx: usize| u16::from_be_bytes([bytes[2 + 2 * idx], bytes[3 + 2 * idx]]);
        assert!(
            colour(0) >> 11 > 28 && colour(5) & 31 > 28,
            "red on the left, blue on the right"
        );
    }

    /// By the clock of the thread: what the machine does besides does not count.
    fn cpu_time() -> std::time::Duration {
        let now = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
        std::time::Duration::new(
            u64::try_from(now.tv_sec).unwrap(),
            u32::try_from(now.tv_nsec).unwrap(),
        )
    }

    #[test]
    fn a_photo_of_24_megapixels_is_made_small_in_time() {
        let noisy = |x: u32, y: u32| (x.wrapping_mul(31) ^ y.wrapping_mul(17)) as u8 / 8;
        let photo = RgbImage::from_fn(6_000, 4_000, |x, y| {
            let noise = noisy(x, y);
            Rgb([(x / 24) as u8 / 2 + noise, (y / 16) as u8 / 2 + noise, 90 + noise])
        });
        let sent = encoded(photo, ImageFormat::Jpeg);
        let before = cpu_time();
        let made = make_versions(&sent).unwrap();
        let took = cpu_time() - before;
        println!(
            "{} bytes became {} and {:?} in {took:?}",
            sent.len(),
            made.small.len(),
            made.large.map(|large| large.len())
        );
        // The aim is 300 ms on an idle machine; twice that where others use its caches.
        assert!(took < std::time::Duration::from_millis(600), "{took:?}");
    }

    #[test]
    fn transparency_stays() {
        let clear = RgbaImage::from_pixel(40, 40, Rgba([10, 20, 30, 100]));
        let made = make_versions(&encoded(clear, ImageFormat::Png)).unwrap();
        assert_eq!(version_type(&made.small), "image/webp");
    }
}
