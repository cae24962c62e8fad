//! How the sheets are printed: A4 across, as wide as the page, with the plan's name at the top.

use rust_xlsxwriter::Worksheet;

use super::paper::done;
use crate::error::Error;

/// A4 by the numbers of the file format.
const A4: u8 = 9;

/// The most characters of the plan's name at the top of a page; the whole line may have 255 with its codes.
const MOST_NAME: usize = 80;

/// Sets the page up; the rows from the first to `last_heading` stand again on each page.
pub(super) fn set_up(sheet: &mut Worksheet, name: &str, last_heading: u32) -> Result<(), Error> {
    sheet
        .set_paper_size(A4)
        .set_landscape()
        .set_print_fit_to_pages(1, 0)
        .set_margins(0.45, 0.45, 0.75, 0.65, 0.3, 0.3)
        .set_header(format!(
            "&L&\"Arial,Bold\"&9 {}&R&\"Arial,Regular\"&9&A",
            escaped(name)
        ))
        .set_footer("&R&\"Arial,Regular\"&9Page &P of &N");
    sheet.set_screen_gridlines(false);
    done(sheet.set_repeat_rows(last_heading, last_heading))
}

/// Returns the name on one line, so that no sign in it is a code.
fn escaped(name: &str) -> String {
    let name: String = name
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .take(MOST_NAME)
        .collect();
    name.replace('&', "&&")
}
