//! Reads the plan that a page carries, never the page's markup.

use crate::error::{Error, ErrorKind};
use crate::format::{Imported, ReadOptions};
use crate::formats::{MAX_BYTES, json};

/// Reads a page.
///
/// # Errors
///
/// The page is too large, carries no plan, or one that cannot be read.
pub(super) fn plan(bytes: &[u8], options: &ReadOptions) -> Result<Imported, Error> {
    if bytes.len() > MAX_BYTES {
        let message = format!("it has {} bytes; at most {MAX_BYTES} are read", bytes.len());
        return Err(ErrorKind::TooLarge(message).into());
    }
    let json = embedded(bytes).ok_or_else(|| {
        ErrorKind::Unreadable(
            "the page carries no plan: either `okr` did not write it, or the script element `okr-plan` got lost on \
             its way; ask for the plan's Markdown file"
                .to_owned(),
        )
    })?;
    (json::FORMAT.read)(json, options)
}

/// Returns the content of the script element `okr-plan`.
///
/// No text of a plan can look like that element: the page has no other `<` than those of its markup.
fn embedded(page: &[u8]) -> Option<&[u8]> {
    let mut rest = page;
    loop {
        rest = &rest[find(rest, b"<script")? + b"<script".len()..];
        let (tag, after) = rest.split_at(find(rest, b">")?);
        if find(tag, b"okr-plan").is_some() {
            let content = &after[1..];
            return Some(&content[..find(content, b"</script")?]);
        }
        // What stands in another script is no markup.
        rest = &after[find(after, b"</script")?..];
    }
}

/// Returns where `name` first stands, in upper or lower case.
fn find(bytes: &[u8], name: &[u8]) -> Option<usize> {
    bytes
        .windows(name.len())
        .position(|window| window.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(page: &str, json: Option<&str>) {
        assert_eq!(embedded(page.as_bytes()), json.map(str::as_bytes));
    }

    #[test]
    fn the_plan_is_found_however_the_page_was_saved() {
        check(
            "<p><script>1</script><script type=\"application/json\" id=\"okr-plan\">{}</script>",
            Some("{}"),
        );
        check(
            "<SCRIPT id=okr-plan type=application/json>\n{}\n</SCRIPT>",
            Some("\n{}\n"),
        );
    }

    #[test]
    fn other_pages_have_no_plan() {
        for page in [
            "",
            "<script",
            "<script>okr-plan</script>",
            "<script id=okr-plan>{}",
            "<p id=okr-plan>{}</p>",
        ] {
            check(page, None);
        }
        let error = plan(b"<p>hello</p>", &ReadOptions::default()).unwrap_err();
        assert!(error.to_string().starts_with("the page carries no plan"));
    }
}
