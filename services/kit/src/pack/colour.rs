//! The city's own colour, in two tones that people can read.

use serde_spanned::Spanned;

use super::table::Table;

/// The surfaces on which text in the city's colour stands: those of the web clients.
const LIGHT_SURFACE: Rgb = Rgb([0xf4, 0xf6, 0xf6]);
const DARK_SURFACE: Rgb = Rgb([0x1c, 0x24, 0x26]);
/// WCAG asks text for 4.5.
const ENOUGH: f64 = 4.5;

/// The city's colour, for light and for dark surroundings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accent {
    /// On light surfaces, as `#rrggbb`.
    pub light: String,
    /// On dark surfaces, as `#rrggbb`.
    pub dark: String,
}

impl Default for Accent {
    fn default() -> Self {
        Self { light: "#0b5a6b".to_owned(), dark: "#74c7d8".to_owned() }
    }
}

/// Reads `[colours]`.
pub(super) fn read(table: &Table<'_>) -> Option<Accent> {
    let light = tone(table, "light", LIGHT_SURFACE);
    let dark = tone(table, "dark", DARK_SURFACE);
    table.finish();
    Some(Accent { light: light?, dark: dark? })
}

fn tone(table: &Table<'_>, key: &'static str, surface: Rgb) -> Option<String> {
    let text: Spanned<String> = table.text(key)?;
    let Some(colour) = Rgb::parse(text.get_ref()) else {
        table.fault(&text, format!("`{key}` is not a colour such as \"#0b5a6b\""));
        return None;
    };
    let contrast = colour.contrast(surface);
    if contrast < ENOUGH {
        let reason =
            format!("`{key}` cannot be read on {key} surfaces: contrast {contrast:.1}, {ENOUGH} at least");
        table.fault(&text, reason);
        return None;
    }
    Some(text.into_inner().to_ascii_lowercase())
}

/// A colour as red, green and blue.
#[derive(Clone, Copy)]
struct Rgb([u8; 3]);

impl Rgb {
    fn parse(text: &str) -> Option<Self> {
        let mut parts = [0; 3];
        hex::decode_to_slice(text.strip_prefix('#')?, &mut parts).ok()?;
        Some(Self(parts))
    }

    /// The contrast by WCAG 2, from 1 to 21.
    fn contrast(self, other: Self) -> f64 {
        let (one, other) = (self.luminance(), other.luminance());
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    fn luminance(self) -> f64 {
        let [red, green, blue] = self.0.map(|part| {
            let part = f64::from(part) / 255.0;
            if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }
}
