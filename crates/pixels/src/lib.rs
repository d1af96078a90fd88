//! Large pictures become small.
//!
//! Invariants: a step to a half or less is an average of all pixels, made in strips, so that nothing the size of the
//! picture is held twice; a smaller step is by a filter, which is better there. A picture never grows.

use fast_image_resize::{
    FilterType as Fast, PixelType, ResizeAlg, ResizeOptions, Resizer,
    images::{Image, ImageRef},
};
use image::{DynamicImage, GrayAlphaImage, GrayImage, RgbImage, RgbaImage, imageops::FilterType};

/// Strips of a picture: what is held besides it is an eighth of a quarter.
const STRIPS: u32 = 8;

/// The picture with this longest side.
pub fn shrink(picture: DynamicImage, side: u32) -> DynamicImage {
    let (width, height) = (picture.width(), picture.height());
    let longest = width.max(height);
    if longest <= side {
        return picture;
    }
    let (to_width, to_height) = fitting(width, height, side);
    if longest / 2 < side {
        return picture.resize_exact(to_width, to_height, FilterType::Triangle);
    }
    // Pictures with more than eight bits are rare, and not for here.
    average(&picture, (to_width, to_height)).unwrap_or_else(|| picture.thumbnail_exact(to_width, to_height))
}

/// A picture's size with this longest side.
pub fn fitting(width: u32, height: u32, side: u32) -> (u32, u32) {
    let longest = u64::from(width.max(height).max(1));
    let scaled = |own: u32| {
        u32::try_from(u64::from(own) * u64::from(side) / longest)
            .unwrap_or(side)
            .max(1)
    };
    (scaled(width), scaled(height))
}

/// None for kinds of pixels that it does not know.
fn average(picture: &DynamicImage, (width, height): (u32, u32)) -> Option<DynamicImage> {
    let made = match picture {
        DynamicImage::ImageRgb8(from) => RgbImage::from_raw(
            width,
            height,
            averages(picture, from, PixelType::U8x3, (width, height))?,
        )?
        .into(),
        DynamicImage::ImageRgba8(from) => RgbaImage::from_raw(
            width,
            height,
            averages(picture, from, PixelType::U8x4, (width, height))?,
        )?
        .into(),
        DynamicImage::ImageLuma8(from) => GrayImage::from_raw(
            width,
            height,
            averages(picture, from, PixelType::U8, (width, height))?,
        )?
        .into(),
        DynamicImage::ImageLumaA8(from) => GrayAlphaImage::from_raw(
            width,
            height,
            averages(picture, from, PixelType::U8x2, (width, height))?,
        )?
        .into(),
        _ => return None,
    };
    Some(made)
}

/// Pixel by pixel the average of the rectangle that it stands for, weighed by the part of each pixel inside of it; so
/// no pixel needs one of another strip. `[rows × channels]`.
fn averages(picture: &DynamicImage, from: &[u8], kind: PixelType, to: (u32, u32)) -> Option<Vec<u8>> {
    let whole = ImageRef::new(picture.width(), picture.height(), from, kind).ok()?;
    let step = f64::from(picture.height()) / f64::from(to.1);
    let (mut resizer, mut made) = (Resizer::new(), Vec::new());
    let rows = to.1.div_ceil(STRIPS) as usize;
    for first in (0..to.1).step_by(rows) {
        let n_rows = (to.1 - first).min(rows as u32);
        let (top, height) = (f64::from(first) * step, f64::from(n_rows) * step);
        let options = ResizeOptions::new()
            .resize_alg(ResizeAlg::Convolution(Fast::Box))
            // What is transparent would need a second picture of the size of the first.
            .use_alpha(false)
            .crop(
                0.0,
                top,
                f64::from(picture.width()),
                height.min(f64::from(picture.height()) - top),
            );
        let mut strip = Image::new(to.0, n_rows, kind);
        resizer.resize(&whole, &mut strip, &options).ok()?;
        made.extend_from_slice(strip.buffer());
    }
    Some(made)
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::{Luma, Rgb, RgbaImage};

    /// The mean distance of two pictures of one size, in steps of 255.
    fn distance(one: &DynamicImage, other: &DynamicImage) -> f64 {
        let (one, other) = (one.to_rgba8(), other.to_rgba8());
        assert_eq!(one.dimensions(), other.dimensions());
        let pairs = one.as_raw().iter().zip(other.as_raw());
        pairs
            .map(|(one, other)| f64::from(one.abs_diff(*other)))
            .sum::<f64>()
            / one.as_raw().len() as f64
    }

    fn hills(width: u32, height: u32) -> RgbImage {
        RgbImage::from_fn(width, height, |x, y| {
            let wave = |at: u32, n: f64| (((f64::from(at) / n).sin() + 1.0) * 110.0) as u8;
            Rgb([wave(x, 17.0), wave(y, 23.0), wave(x + y, 31.0)])
        })
    }

    #[test]
    fn it_looks_like_what_a_slow_filter_makes() {
        for (width, height) in [
            (641, 427),
            (500, 333),
            (201, 555),
            (256, 128),
            (601, 7),
            (150, 140),
        ] {
            let pixels = hills(width, height);
            let pictures = [
                DynamicImage::from(pixels.clone()),
                DynamicImage::from(DynamicImage::from(pixels.clone()).to_luma8()),
                DynamicImage::from(DynamicImage::from(pixels.clone()).to_luma_alpha8()),
                DynamicImage::from(DynamicImage::from(pixels.clone()).to_rgba8()),
                DynamicImage::from(DynamicImage::from(pixels).to_rgb16()),
            ];
            for picture in pictures {
                let (w, h) = fitting(width, height, 64);
                let slow = picture.resize_exact(w, h, FilterType::Triangle);
                let color = picture.color();
                let quick = shrink(picture, 64);
                assert_eq!(quick.color(), color);
                let distance = distance(&quick, &slow);
                assert!(distance < 2.0, "{width} × {height} in {color:?}: {distance}");
            }
        }
    }

    #[test]
    fn averages_are_of_all_pixels() {
        let board = GrayImage::from_fn(600, 600, |x, y| Luma([if (x + y) % 2 == 0 { 255 } else { 0 }]));
        let grey = shrink(board.into(), 300).to_luma8();
        assert!(grey.as_raw().iter().all(|value| value.abs_diff(128) <= 1));
        let white = RgbaImage::from_pixel(9_000, 9, image::Rgba([255; 4]));
        assert!(
            shrink(white.into(), 30)
                .to_rgba8()
                .as_raw()
                .iter()
                .all(|value| *value == 255)
        );
    }

    #[test]
    fn nothing_grows_and_rows_stay_rows() {
        for (width, height, side, expected) in [
            (20, 10, 640, (20, 10)),
            (640, 480, 640, (640, 480)),
            (5_000, 2, 640, (640, 1)),
            (20_000, 1, 7, (7, 1)),
            (1, 20_000, 640, (1, 640)),
        ] {
            let small = shrink(RgbImage::new(width, height).into(), side);
            assert_eq!((small.width(), small.height()), expected, "{width} × {height}");
        }
    }
}
