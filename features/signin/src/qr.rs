//! A QR code as the path of an SVG, made here, so that no secret goes to anybody who draws pictures. Pure.

use crate::wire::Qr;
use qrcodegen::{QrCode, QrCodeEcc};
use std::fmt::Write;

/// None: the text is too long for any QR code.
pub fn draw(text: &str) -> Option<Qr> {
    let code = QrCode::encode_text(text, QrCodeEcc::Medium).ok()?;
    let mut path = String::new();
    for y in 0..code.size() {
        let mut x = 0;
        while x < code.size() {
            let begin = x;
            while x < code.size() && code.get_module(x, y) {
                x += 1;
            }
            if x > begin {
                // Writing to a String cannot fail.
                let _ = write!(path, "M{begin} {y}h{}v1h-{}z", x - begin, x - begin);
            }
            x += 1;
        }
    }
    Some(Qr {
        size: code.size(),
        path,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_a_path_of_rows() {
        let qr = draw("otpauth://totp/x?secret=ABC").unwrap();
        assert!(
            qr.size >= 21 && qr.path.starts_with("M0 0h7v1h-7z"),
            "the corner: {}",
            qr.path
        );
        let is_drawing = |char: char| "Mhvz -".contains(char) || char.is_ascii_digit();
        assert!(qr.path.chars().all(is_drawing));
        assert!(draw(&"x".repeat(5_000)).is_none());
    }
}
