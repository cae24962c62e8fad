//! What changed, as an Atom feed (RFC 4287).

use std::cmp::Reverse;
use std::fmt::Write as _;

use jiff::civil::Date;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::links::address;
use super::member::{KeyResultSummary, Told};
use super::{Member, Site};
use crate::error::{Error, ErrorKind};
use crate::formats::html::policy::sha256;
use crate::formats::html::text::{clean, escape};
use crate::words::count;

/// The most entries of the feed.
pub(super) const MOST: usize = 50;
/// Where it lies.
pub(super) const PATH: &str = "feed.xml";

/// Returns the feed: an entry for each plan and each day on which something was said of it, the latest first.
pub(super) fn document(site: &Site) -> Result<String, Error> {
    let mut entries: Vec<(Date, usize)> = site
        .members
        .iter()
        .enumerate()
        .flat_map(|(at, member)| member.news.keys().map(move |day| (*day, at)))
        .collect();
    entries.sort_by_key(|(day, at)| (Reverse(*day), *at));
    entries.truncate(MOST);
    let mut out = Writer::new_with_indent(Vec::new(), b' ', 1);
    written(site, &entries, &mut out).map_err(|error| ErrorKind::Write(error.to_string()))?;
    let mut text =
        String::from_utf8(out.into_inner()).map_err(|error| ErrorKind::Write(error.to_string()))?;
    text.push('\n');
    Ok(text)
}

fn written(
    site: &Site,
    entries: &[(Date, usize)],
    out: &mut Writer<Vec<u8>>,
) -> std::io::Result<()> {
    let base = site.settings.base_url.as_deref().unwrap_or("");
    let title = clean(&site.settings.title);
    let updated = entries.first().map_or(site.settings.day, |(day, _)| *day);
    out.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
    out.create_element("feed")
        .with_attribute(("xmlns", "http://www.w3.org/2005/Atom"))
        .write_inner_content(|out| {
            element(out, "title", &title)?;
            element(out, "id", &urn(&[&title, base]))?;
            element(out, "updated", &instant(updated))?;
            out.create_element("author")
                .write_inner_content(|out| element(out, "name", &title))?;
            if !base.is_empty() {
                out.create_element("link")
                    .with_attributes([("rel", "self"), ("href", &*format!("{base}{PATH}"))])
                    .write_empty()?;
            }
            out.create_element("link")
                .with_attributes([
                    ("rel", "alternate"),
                    ("href", &*format!("{base}index.html")),
                ])
                .write_empty()?;
            for (day, at) in entries {
                entry(site, *day, *at, base, out)?;
            }
            Ok(())
        })?;
    Ok(())
}

fn entry(
    site: &Site,
    day: Date,
    at: usize,
    base: &str,
    out: &mut Writer<Vec<u8>>,
) -> std::io::Result<()> {
    let member = &site.members[at];
    let page = &site.pages[at];
    let news = &member.news[&day];
    let name = clean(&member.name);
    out.create_element("entry").write_inner_content(|out| {
        let title = format!("{name}: {}", count(news.len(), "check-in"));
        element(out, "title", &title)?;
        element(out, "id", &urn(&[member.path(), &day.to_string()]))?;
        element(out, "updated", &instant(day))?;
        out.create_element("link")
            .with_attributes([("rel", "alternate"), ("href", &*format!("{base}{page}"))])
            .write_empty()?;
        let list = list(member, news, page, base);
        out.create_element("content")
            .with_attribute(("type", "html"))
            .write_text_content(BytesText::new(&list))?;
        Ok(())
    })?;
    Ok(())
}

/// Returns what was said as a list in HTML.
fn list(member: &Member, news: &[Told], page: &str, base: &str) -> String {
    let mut list = String::from("<ul>");
    for told in news {
        let KeyResultSummary { number, title, .. } = &member.key_results[told.of];
        let way = format!("{base}{}", address("", page, number));
        let title = escape(&clean(title));
        let words = escape(&clean(&told.words));
        let _ = write!(
            list,
            "<li><a href=\"{}\">{number} {title}</a>: {words}</li>",
            escape(&way),
        );
    }
    list.push_str("</ul>");
    list
}

fn element(out: &mut Writer<Vec<u8>>, name: &str, text: &str) -> std::io::Result<()> {
    out.create_element(name)
        .write_text_content(BytesText::new(text))?;
    Ok(())
}

/// Returns the beginning of a day in universal time, as RFC 3339 writes it; check-ins know no hour.
fn instant(day: Date) -> String {
    format!("{day}T00:00:00Z")
}

/// Returns a name that is the same whenever the feed is made: a UUID of version 8 (RFC 9562) with a digest of what it
/// names.
fn urn(parts: &[&str]) -> String {
    let mut bytes = sha256(parts.join("\n").as_bytes());
    bytes[6] = bytes[6] & 0x0f | 0x80;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let mut urn = String::from("urn:uuid:");
    for (at, byte) in bytes[..16].iter().enumerate() {
        if matches!(at, 4 | 6 | 8 | 10) {
            urn.push('-');
        }
        let _ = write!(urn, "{byte:02x}");
    }
    urn
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_name_is_a_uuid_of_version_8() {
        let urn = super::urn(&["a.md", "2026-11-06"]);
        assert_eq!(urn.len(), "urn:uuid:".len() + 36);
        assert_eq!(&urn[23..24], "8");
        assert_ne!(urn, super::urn(&["b.md", "2026-11-06"]));
    }
}
