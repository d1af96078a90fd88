//! Large pictures become small.
//!
//! Invariants: a step to a half or less is an average of all pixels, made in strips, so that nothing near the size of the
//! picture is held besides it; a smaller step is by a filter, which is better there. A picture never grows.

use fast_image_resize::{
    FilterType, PixelType, ResizeAlg, ResizeOptions, Resizer,
    images::{Image, ImageRef},
};
use image::{DynamicImage, GrayAlphaImage, GrayImage, RgbImage, RgbaImage};

/// Strips of a large step.
const STRIPS: u32 = 8;

/// The picture with this longest side.
pub fn shrink(picture: DynamicImage, side: u32) -> DynamicImage {
    let longest = picture.width().max(picture.height());
    if longest <= side {
        return picture;
    }
    let (width, height) = fitting(picture.width(), picture.height(), side);
    // A strip has no neighbours, and only averages need none.
    let way = if longest / 2 < side {
        (FilterType::Bilinear, 1)
    } else {
        (FilterType::Box, STRIPS)
    };
    // Pictures with more than eight bits are rare, and not for here.
    by_way(&picture, (width, height), way).unwrap_or_else(|| picture.thumbnail_exact(width, height))
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
fn by_way(picture: &DynamicImage, to: (u32, u32), way: (FilterType, u32)) -> Option<DynamicImage> {
    let (width, height) = to;
    let (kind, from) = match picture {
        DynamicImage::ImageRgb8(from) => (PixelType::U8x3, from.as_raw()),
        DynamicImage::ImageRgba8(from) => (PixelType::U8x4, from.as_raw()),
        DynamicImage::ImageLuma8(from) => (PixelType::U8, from.as_raw()),
        DynamicImage::ImageLumaA8(from) => (PixelType::U8x2, from.as_raw()),
        _ => return None,
    };
    let whole = ImageRef::new(picture.width(), picture.height(), from, kind).ok()?;
    let made = in_strips(&whole, kind, to, way)?;
    Some(match kind {
        PixelType::U8x3 => RgbImage::from_raw(width, height, made)?.into(),
        PixelType::U8x4 => RgbaImage::from_raw(width, height, made)?.into(),
        PixelType::U8 => GrayImage::from_raw(width, height, made)?.into(),
        _ => GrayAlphaImage::from_raw(width, height, made)?.into(),
    })
}

/// Row by row; each pixel is weighed by the part of it that lies inside. `[rows × channels]`.
fn in_strips(
    whole: &ImageRef<'_>,
    kind: PixelType,
    to: (u32, u32),
    (filter, n_strips): (FilterType, u32),
) -> Option<Vec<u8>> {
    let (from_width, from_height) = (f64::from(whole.width()), f64::from(whole.height()));
    let step = from_height / f64::from(to.1);
    let (mut resizer, mut made) = (Resizer::new(), Vec::new());
    let rows = to.1.div_ceil(n_strips);
    let mut first = 0;
    while first < to.1 {
        let n_rows = rows.min(to.1 - first);
        let top = f64::from(first) * step;
        let height = (f64::from(n_rows) * step).min(from_height - top);
        let options = ResizeOptions::new()
            .resize_alg(ResizeAlg::Convolution(filter))
            // What is transparent would need a second picture of the size of the first.
            .use_alpha(false)
            .crop(0.0, top, from_width, height);
        let mut strip = Image::new(to.0, n_rows, kind);
        resizer.resize(whole, &mut strip, &options).ok()?;
        made.extend_from_slice(strip.buffer());
        first += n_rows;
    }
    Some(made)
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::{Luma, Rgb, imageops};

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
                let slow = picture.resize_exact(w, h, imageops::FilterType::Triangle);
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
