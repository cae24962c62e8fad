//! How the sheets look: colours, type and borders, in one place.

use okr_core::model::Status;
use rust_xlsxwriter::{
    Color, ConditionalFormatCell, ConditionalFormatCellRule, Format, FormatAlign, FormatBorder,
};

/// The face of all text; every system has it or one of the same widths.
pub(super) const FONT: &str = "Arial";
/// The size of all text but titles, in points.
pub(super) const SIZE: f64 = 10.0;
/// The height of a line of that size, in points.
pub(super) const LINE: f64 = 12.75;

const INK: u32 = 0x001f_2937;
const QUIET: u32 = 0x005b_6573;
const RULE: u32 = 0x00d9_dee5;
const BAND: u32 = 0x002b_3f55;
const SHADE: u32 = 0x00e6_ecf2;
const PALE: u32 = 0x00f5_f7f9;
const INPUT: u32 = 0x00ff_f9db;
const INPUT_RULE: u32 = 0x00e3_d28c;
/// The bars of progress.
pub(super) const BAR: u32 = 0x009d_bcdc;
/// The lines of sparklines.
pub(super) const STROKE: u32 = 0x003f_6e9f;

/// The format of a date.
pub(super) const DATE: &str = "yyyy-mm-dd";
/// The format of text that must never be taken for a number.
pub(super) const TEXT: &str = "@";
/// The format of progress.
pub(super) const PART: &str = "0%";

/// What a cell is a part of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    /// The heading over a column.
    Heading,
    /// The heading over a column that is to be filled in.
    InputHeading,
    /// The row of the plan.
    Plan,
    /// A row of a section.
    Section,
    /// The row of an objective.
    Objective,
    /// A row of values.
    Row,
    /// A row of values that are less than others.
    QuietRow,
    /// A cell to fill in.
    Input,
    /// A sum below a table.
    Total,
    /// The name of the workbook.
    Title,
    /// A heading within a sheet.
    Subtitle,
    /// What explains something.
    Quiet,
    /// The name of a fact.
    Label,
    /// A fact.
    Plain,
}

/// Returns the format that all others begin with.
pub(super) fn base() -> Format {
    Format::new()
        .set_font_name(FONT)
        .set_font_size(SIZE)
        .set_font_color(Color::RGB(INK))
        .set_align(FormatAlign::Top)
}

/// Returns the format for numbers, which keep off the words to their right.
pub(super) fn to_the_right(format: Format) -> Format {
    format.set_align(FormatAlign::Right).set_indent(1)
}

/// Returns the format with the thin line that parts a row from the next.
pub(super) fn rule_below(format: Format) -> Format {
    format
        .set_border_bottom(FormatBorder::Thin)
        .set_border_bottom_color(Color::RGB(RULE))
}

impl Look {
    /// Returns the format of a cell.
    pub(super) fn format(self) -> Format {
        let filled = |format: Format, fill: u32| format.set_background_color(Color::RGB(fill));
        match self {
            Self::Heading => filled(base(), BAND)
                .set_font_color(Color::White)
                .set_bold()
                .set_text_wrap()
                .set_align(FormatAlign::VerticalCenter),
            Self::InputHeading => filled(base(), INPUT)
                .set_border(FormatBorder::Thin)
                .set_border_color(Color::RGB(INPUT_RULE))
                .set_bold()
                .set_text_wrap()
                .set_align(FormatAlign::VerticalCenter),
            Self::Plan => rule_below(filled(base(), PALE)).set_bold(),
            Self::Section => rule_below(base())
                .set_font_color(Color::RGB(QUIET))
                .set_italic(),
            Self::Objective => rule_below(filled(base(), SHADE)).set_bold(),
            Self::Row => rule_below(base()),
            Self::QuietRow => rule_below(base()).set_font_color(Color::RGB(QUIET)),
            Self::Input => filled(base(), INPUT)
                .set_border(FormatBorder::Thin)
                .set_border_color(Color::RGB(INPUT_RULE))
                .set_unlocked(),
            Self::Total => base()
                .set_bold()
                .set_border_top(FormatBorder::Thin)
                .set_border_top_color(Color::RGB(BAND)),
            Self::Title => base().set_bold().set_font_size(16),
            Self::Subtitle => base().set_bold().set_font_size(11),
            Self::Quiet | Self::Label => base().set_font_color(Color::RGB(QUIET)),
            Self::Plain => base(),
        }
    }
}

/// Returns the colours in which cells with the word of a status are shown; the word stays readable.
pub(super) fn status_colours() -> impl Iterator<Item = (Status, ConditionalFormatCell)> {
    Status::ALL.into_iter().map(|status| {
        let (fill, ink) = match status {
            Status::OnTrack => (0x00e2_f1e5, 0x001e_5b2d),
            Status::AtRisk => (0x00ff_f0cc, 0x007a_4b00),
            Status::OffTrack => (0x00fa_e0dc, 0x0096_1f16),
            Status::Achieved => (0x00db_e9f6, 0x001c_4a7a),
            _ => (0x00ec_eef1, 0x004b_5563),
        };
        let format = Format::new()
            .set_background_color(Color::RGB(fill))
            .set_font_color(Color::RGB(ink));
        let rule = ConditionalFormatCell::new()
            .set_rule(ConditionalFormatCellRule::EqualTo(status.word()))
            .set_format(format);
        (status, rule)
    })
}
