//! Pictures of people: whatever was sent becomes a small square that holds nothing but its pixels.
//!
//! Invariants: the kind is told by the content, never by a name or a header; the number of pixels is known and bounded
//! before anything is decoded, and so is the memory; one picture is decoded at a time, on a blocking thread; what comes
//! out was encoded here from pixels, so no metadata and no trailing bytes survive. Does not know whose picture it is.

use crate::model::Error;
use bytes::Bytes;
use image::{
    DynamicImage, GenericImageView, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits,
    codecs::{jpeg::JpegEncoder, webp::WebPEncoder},
    imageops::FilterType,
    metadata::Orientation,
};
use std::{io::Cursor, time::Duration};
use tokio::sync::Semaphore;

/// Width and height of what is kept: the largest place in the app, on a dense screen.
const SIDE_PX: u32 = 256;
/// First shrunk to this by averaging, which is quick, then to [`SIDE_PX`] by a filter, which is good.
const ROUGH_SIDE_PX: u32 = 2 * SIDE_PX;
/// Pixels of what is sent: the largest sensors of telephones.
const PIXELS_MAX: u64 = 50_000_000;
/// Longest side: keeps a picture of one row from growing when it is shrunk.
const SIDE_MAX_PX: u32 = 20_000;
/// Memory for the decoded picture, so that the server stays below +128 MB: 33 million pixels in three colours.
const MEMORY_MAX_BYTES: u64 = 100 * 1024 * 1024;
/// A photograph of 256 × 256 in 10 to 20 kB.
const JPEG_QUALITY: u8 = 85;
/// How long somebody waits for the others' pictures.
const WAIT_MAX: Duration = Duration::from_secs(10);

/// Of the whole process, because it bounds the memory of the process.
static TURN: Semaphore = Semaphore::const_new(1);

/// Turns what was sent into what is kept.
pub async fn square(sent: Bytes) -> Result<Bytes, Error> {
    let turn = tokio::time::timeout(WAIT_MAX, TURN.acquire())
        .await
        .map_err(|_| Error::Busy)?;
    let turn = turn.map_err(|_| Error::Broken("the turns at pictures have ended"))?;
    let done = tokio::task::spawn_blocking(move || {
        // Held here: a request that is dropped does not stop the thread.
        let _turn = turn;
        square_now(&sent)
    });
    // A panic of a decoder is the fault of the picture, too.
    done.await
        .map_err(|_| Error::field("", "the picture cannot be read"))?
        .map(Bytes::from)
}

/// The content type of a picture that [`square`] made.
pub fn content_type(kept: &[u8]) -> &'static str {
    if kept.starts_with(b"RIFF") {
        "image/webp"
    } else {
        "image/jpeg"
    }
}

fn square_now(sent: &[u8]) -> Result<Vec<u8>, Error> {
    let (picture, orientation) = decode(sent)?;
    let mut square = shrink(picture);
    square.apply_orientation(orientation);
    encode(&square).map_err(|_| Error::Broken("a picture could not be encoded"))
}

fn decode(sent: &[u8]) -> Result<(DynamicImage, Orientation), Error> {
    let format = image::guess_format(sent).ok().filter(|format| {
        matches!(
            format,
            ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::Gif | ImageFormat::WebP
        )
    });
    let format = format.ok_or_else(|| Error::field("", "a picture is JPEG, PNG, GIF or WebP"))?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(SIDE_MAX_PX);
    limits.max_image_height = Some(SIDE_MAX_PX);
    limits.max_alloc = Some(MEMORY_MAX_BYTES);
    let mut reader = ImageReader::with_format(Cursor::new(sent), format);
    reader.limits(limits.clone());
    let mut decoder = reader.into_decoder().map_err(refusal)?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > PIXELS_MAX {
        return Err(too_many_pixels());
    }
    limits.reserve(decoder.total_bytes()).map_err(refusal)?;
    decoder.set_limits(limits).map_err(refusal)?;
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let picture = DynamicImage::from_decoder(decoder).map_err(refusal)?;
    Ok((picture, orientation))
}

fn refusal(err: ImageError) -> Error {
    match err {
        ImageError::Limits(_) => too_many_pixels(),
        _ => Error::field("", "the picture cannot be read"),
    }
}

fn too_many_pixels() -> Error {
    let millions = PIXELS_MAX / 1_000_000;
    Error::field(
        "",
        format!("the picture has more than {millions} million pixels, or needs too much memory"),
    )
}

/// The middle square, at its final size.
fn shrink(picture: DynamicImage) -> DynamicImage {
    let (width, height) = picture.dimensions();
    let shorter = width.min(height).max(1);
    let rough = if shorter > ROUGH_SIDE_PX {
        let scaled =
            |side: u32| (u64::from(side) * u64::from(ROUGH_SIDE_PX)).div_ceil(u64::from(shorter)) as u32;
        picture.thumbnail_exact(scaled(width), scaled(height))
    } else {
        picture
    };
    let (width, height) = rough.dimensions();
    let side = width.min(height);
    let middle = rough.crop_imm((width - side) / 2, (height - side) / 2, side, side);
    middle.resize_exact(SIDE_PX, SIDE_PX, FilterType::CatmullRom)
}

/// JPEG, or WebP without loss for what is transparent somewhere.
fn encode(square: &DynamicImage) -> Result<Vec<u8>, ImageError> {
    let mut kept = Vec::new();
    let pixels = square.to_rgba8();
    if pixels.pixels().any(|pixel| pixel.0[3] < u8::MAX) {
        WebPEncoder::new_lossless(&mut kept).encode(
            &pixels,
            SIDE_PX,
            SIDE_PX,
            image::ExtendedColorType::Rgba8,
        )?;
    } else {
        JpegEncoder::new_with_quality(&mut kept, JPEG_QUALITY).encode_image(&square.to_rgb8())?;
    }
    Ok(kept)
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::{ImageBuffer, Rgb, RgbImage, Rgba, RgbaImage};

    fn encoded(picture: impl Into<DynamicImage>, format: ImageFormat) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        picture.into().write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    }

    /// Red on the left, blue on the right.
    fn two_colours(width: u32, height: u32) -> RgbImage {
        ImageBuffer::from_fn(width, height, |x, _| {
            if x < width / 2 {
                Rgb([250, 0, 0])
            } else {
                Rgb([0, 0, 250])
            }
        })
    }

    fn refused(sent: &[u8]) -> String {
        match square_now(sent) {
            Err(Error::Field { detail, .. }) => detail,
            other => panic!("{other:?}"),
        }
    }

    /// An EXIF segment that names an orientation and a place, put behind the first marker of a JPEG.
    fn with_exif(jpeg: &[u8], orientation: u8) -> Vec<u8> {
        let mut tiff = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01".to_vec();
        tiff.extend([0, orientation, 0, 0, 0, 0, 0, 0]);
        tiff.extend(b"GPS 38.7223 N 9.1393 W");
        let mut with = jpeg[..2].to_vec();
        with.extend([0xff, 0xe1]);
        with.extend(u16::try_from(tiff.len() + 2).unwrap().to_be_bytes());
        with.extend(tiff);
        with.extend(&jpeg[2..]);
        with
    }

    #[test]
    fn every_kind_and_shape_becomes_a_square_of_one_size() {
        let (png, jpeg, gif, webp) = (
            ImageFormat::Png,
            ImageFormat::Jpeg,
            ImageFormat::Gif,
            ImageFormat::WebP,
        );
        for (format, width, height) in [
            (png, 1, 1),
            (jpeg, 64, 48),
            (gif, 30, 300),
            (webp, 5_000, 2),
            (png, 560, 600),
        ] {
            let kept = square_now(&encoded(two_colours(width, height), format)).unwrap();
            let picture = image::load_from_memory(&kept).unwrap();
            assert_eq!(
                picture.dimensions(),
                (SIDE_PX, SIDE_PX),
                "{format:?} {width} × {height}"
            );
            assert_eq!(content_type(&kept), "image/jpeg");
        }
    }

    #[test]
    fn transparency_stays() {
        let clear = RgbaImage::from_pixel(40, 40, Rgba([10, 20, 30, 100]));
        let kept = square_now(&encoded(clear, ImageFormat::Png)).unwrap();
        assert_eq!(content_type(&kept), "image/webp");
        assert_eq!(
            image::load_from_memory(&kept)
                .unwrap()
                .to_rgba8()
                .get_pixel(5, 5)
                .0[3],
            100
        );
    }

    #[test]
    fn orientation_is_applied_and_metadata_is_gone() {
        // 3: turned round by half, so that red comes to the right.
        let sent = with_exif(&encoded(two_colours(80, 80), ImageFormat::Jpeg), 3);
        let kept = square_now(&sent).unwrap();
        let picture = image::load_from_memory(&kept).unwrap().to_rgb8();
        let (left, right) = (picture.get_pixel(10, 100).0, picture.get_pixel(245, 100).0);
        assert!(left[2] > 200 && right[0] > 200, "{left:?} {right:?}");
        for word in [b"GPS ".as_slice(), b"Exif"] {
            assert!(sent.windows(4).any(|bytes| bytes == word));
            assert!(!kept.windows(4).any(|bytes| bytes == word));
        }
    }

    #[test]
    fn what_is_no_picture_is_refused() {
        let png = encoded(two_colours(64, 64), ImageFormat::Png);
        for sent in [
            b"".as_slice(),
            b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
            b"<html>",
            b"GIF89a",
            b"RIFF\0\0\0\0WEBP",
            &png[..40],
            &png[..png.len() / 2],
            b"BM\0\0\0\0",
        ] {
            refused(sent);
        }
    }

    #[test]
    fn a_picture_with_something_behind_it_keeps_its_pixels_only() {
        let mut sent = encoded(two_colours(64, 64), ImageFormat::Png);
        sent.extend(b"<script>alert(1)</script>");
        let kept = square_now(&sent).unwrap();
        assert!(!kept.windows(7).any(|bytes| bytes == b"<script"));
    }

    #[test]
    fn bombs_are_refused_before_they_are_decoded() {
        let mut png = encoded(two_colours(8, 8), ImageFormat::Png);
        for (width, height) in [
            (19_000_u32, 19_000_u32),
            (10_000, 5_001),
            (4_000_000_000, 1),
            (30_000, 30_000),
        ] {
            png[16..20].copy_from_slice(&width.to_be_bytes());
            png[20..24].copy_from_slice(&height.to_be_bytes());
            let sum = crc32(&png[12..29]);
            png[29..33].copy_from_slice(&sum.to_be_bytes());
            let started = std::time::Instant::now();
            let detail = refused(&png);
            assert!(detail.contains("million pixels"), "{width} × {height}: {detail}");
            assert!(started.elapsed() < Duration::from_secs(1));
        }
    }

    /// As PNG wants it (ISO 3309).
    fn crc32(bytes: &[u8]) -> u32 {
        let step = |sum: u32, _| {
            if sum & 1 == 1 {
                (sum >> 1) ^ 0xedb8_8320
            } else {
                sum >> 1
            }
        };
        !bytes
            .iter()
            .fold(!0, |sum, byte| (0..8).fold(sum ^ u32::from(*byte), step))
    }
}
