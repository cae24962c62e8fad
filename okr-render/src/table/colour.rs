//! The colours that fill cells.

/// A colour: how much red, green and blue it has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Colour(pub(crate) [u8; 3]);

/// A cell that is filled with a colour, whether something stands in it or not; places count from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Fill {
    pub(crate) row: usize,
    pub(crate) column: usize,
    pub(crate) colour: Colour,
}

/// What a traffic light shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Hue {
    Red,
    /// Yellow or orange.
    Amber,
    Green,
    Blue,
}

/// The least difference between the parts of a colour that is not grey; Excel's light green has 39.
const LEAST_CHROMA: i32 = 20;

impl Colour {
    pub(crate) const WHITE: Self = Self([255; 3]);

    /// Reads `00B050`, with `#` or two digits for its opacity in front or not.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let digits = text.strip_prefix('#').unwrap_or(text);
        let digits = match digits.len() {
            6 => digits,
            8 => digits.get(2..)?,
            _ => return None,
        };
        let number = u32::from_str_radix(digits, 16).ok()?;
        let [_, red, green, blue] = number.to_be_bytes();
        Some(Self([red, green, blue]))
    }

    /// Returns the colour made lighter, or darker where the share is below 0; it is in thousandths.
    pub(crate) fn tinted(self, share: i32) -> Self {
        let share = share.clamp(-1000, 1000);
        Self(self.0.map(|part| {
            let part = i32::from(part);
            let tinted = if share < 0 {
                part * (1000 + share) / 1000
            } else {
                part + (255 - part) * share / 1000
            };
            u8::try_from(tinted).unwrap_or(u8::MAX)
        }))
    }

    /// Returns which colour of a traffic light it is; nothing for grey, violet and turquoise.
    pub(crate) fn hue(self) -> Option<Hue> {
        let [red, green, blue] = self.0.map(i32::from);
        let (most, least) = (red.max(green).max(blue), red.min(green).min(blue));
        let chroma = most - least;
        if chroma < LEAST_CHROMA {
            return None;
        }
        // On the circle of colours, in degrees: red is 0, green 120, blue 240.
        let angle = if most == red {
            (60 * (green - blue) / chroma + 360) % 360
        } else if most == green {
            60 * (blue - red) / chroma + 120
        } else {
            60 * (red - green) / chroma + 240
        };
        Some(match angle {
            0..=16 | 340.. => Hue::Red,
            17..=66 => Hue::Amber,
            75..=165 => Hue::Green,
            190..=250 => Hue::Blue,
            _ => return None,
        })
    }

    /// Returns what people call it, as far as that is known.
    pub(crate) fn name(self) -> &'static str {
        match self.hue() {
            Some(Hue::Red) => "red",
            Some(Hue::Amber) => "amber",
            Some(Hue::Green) => "green",
            Some(Hue::Blue) => "blue",
            None => "another colour",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_of_traffic_lights_are_told_in_any_shade() {
        let check = |text: &str, name: &str| {
            let colour = Colour::parse(text).unwrap();
            assert_eq!(colour.name(), name, "{text}");
        };
        for red in ["FFFF0000", "C00000", "#FFC7CE", "F8696B", "ea9999"] {
            check(red, "red");
        }
        for amber in ["FFC000", "FFFF00", "FFEB9C", "#f6b26b", "FFE699", "ED7D31"] {
            check(amber, "amber");
        }
        for green in ["00B050", "92D050", "C6EFCE", "#d9ead3", "00FF00", "63BE7B"] {
            check(green, "green");
        }
        for blue in ["0070C0", "00B0F0", "4472C4"] {
            check(blue, "blue");
        }
        for other in ["D9D9D9", "000000", "7030A0"] {
            check(other, "another colour");
        }
    }

    #[test]
    fn a_tint_makes_colours_lighter_or_darker() {
        assert_eq!(Colour([100, 0, 200]).tinted(500), Colour([177, 127, 227]));
        assert_eq!(Colour([100, 0, 200]).tinted(-250), Colour([75, 0, 150]));
    }
}
