//! A page as a part of a file that holds others, so that no two of their places have one name.

use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::error::{Error, ErrorKind};
use crate::site::File;

/// Attributes that name places of the same page, several with blanks between them.
const PLACES: [&str; 6] = [
    "id",
    "for",
    "headers",
    "aria-labelledby",
    "aria-describedby",
    "aria-controls",
];

/// Pages one below the other.
pub(super) struct Leaves {
    /// The number of each page, by its path in the site.
    numbers: HashMap<String, usize>,
    pub(super) html: String,
}

impl Leaves {
    pub(super) fn new(numbers: HashMap<String, usize>) -> Self {
        Self {
            numbers,
            html: String::new(),
        }
    }

    /// Returns the name of a page's place in the file.
    pub(super) fn name(&self, path: &str) -> String {
        let number = self.numbers.get(path).copied().unwrap_or_default();
        format!("p{number}")
    }

    /// Adds what a page shows: its `main` element.
    ///
    /// # Errors
    ///
    /// It is no markup, or has no such element; the message names the page.
    pub(super) fn add(&mut self, page: &File) -> Result<(), Error> {
        let failed =
            |what: &str| -> Error { ErrorKind::Template(format!("{}: {what}", page.path)).into() };
        let text = std::str::from_utf8(&page.bytes).map_err(|error| failed(&error.to_string()))?;
        let start = text
            .find("<main")
            .ok_or_else(|| failed("there is no `main` element"))?;
        let end = text
            .rfind("</main>")
            .filter(|end| *end > start)
            .ok_or_else(|| failed("its `main` element does not end"))?;
        let main = &text[start..end];
        let leaf = Leaf {
            path: &page.path,
            name: self.name(&page.path),
            own: places(main).map_err(|error| failed(&error))?,
            numbers: &self.numbers,
        };
        let mut html = std::mem::take(&mut self.html);
        let written = leaf.write(main, &mut html);
        self.html = html;
        written.map_err(|error| failed(&error))
    }
}

/// A page on its way into the file.
struct Leaf<'l> {
    path: &'l str,
    name: String,
    /// The names of its places.
    own: HashSet<String>,
    numbers: &'l HashMap<String, usize>,
}

impl Leaf<'_> {
    /// Writes an element and what is in it, up to its end; `main` becomes an `article` of the file.
    fn write(&self, main: &str, out: &mut String) -> Result<(), String> {
        let mut copied = 0;
        let mut is_first = true;
        tags(main, |from, to, tag| {
            if is_first {
                is_first = false;
                let class = attribute(tag, "class").unwrap_or_default();
                let _ = write!(
                    out,
                    "<article class=\"leaf {class}\" id=\"{}\" tabindex=\"-1\">",
                    self.name
                );
                copied = to;
            } else if let Some(mut tag) = self.renamed(tag) {
                tag.push_str(if main[..to].ends_with("/>") {
                    "/>"
                } else {
                    ">"
                });
                out.push_str(&main[copied..from]);
                out.push_str(&tag);
                copied = to;
            }
        })?;
        out.push_str(&main[copied..]);
        out.push_str("</article>\n");
        Ok(())
    }

    /// Returns a tag up to its end, in which places have the names of the file; nothing where it names none.
    fn renamed(&self, tag: &BytesStart<'_>) -> Option<String> {
        let source: &str = tag;
        if !source.contains("href=") && !PLACES.iter().any(|name| source.contains(name)) {
            return None;
        }
        let name = tag.name();
        let mut out = format!("<{}", name.as_ref());
        for attribute in tag.html_attributes().with_checks(false).flatten() {
            let (key, value) = (attribute.key.as_ref(), &*attribute.value);
            let value = if key == "href" || key == "xlink:href" {
                match self.lead(value) {
                    Some(lead) => lead,
                    // What lies beside a site does not lie beside its file.
                    None => continue,
                }
            } else if key == "download" {
                continue;
            } else if PLACES.contains(&key) {
                let names = value.split_ascii_whitespace().map(|name| self.place(name));
                names.collect::<Vec<_>>().join(" ")
            } else {
                value.to_owned()
            };
            let _ = write!(out, " {key}=\"{}\"", value.replace('"', "&quot;"));
        }
        Some(out)
    }

    /// Returns the name of a place of this page in the file.
    fn place(&self, name: &str) -> String {
        if self.own.contains(name) {
            format!("{}.{name}", self.name)
        } else {
            name.to_owned()
        }
    }

    /// Returns where a link leads in the file; nothing where that is no part of it.
    fn lead(&self, target: &str) -> Option<String> {
        if let Some(name) = target.strip_prefix('#') {
            return Some(match name {
                "top" | "content" => format!("#{}", self.name),
                name => format!("#{}", self.place(name)),
            });
        }
        let is_elsewhere = target.contains(':');
        if is_elsewhere {
            return Some(target.to_owned());
        }
        let (way, place) = target.split_once('#').unwrap_or((target, ""));
        let number = self.numbers.get(&joined(self.path, way))?;
        Some(match place {
            "" => format!("#p{number}"),
            place => format!("#p{number}.{place}"),
        })
    }
}

/// Returns the path of a file, seen from the root, that lies at `way` from the page at `from`.
fn joined(from: &str, way: &str) -> String {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in way.split('/') {
        match part {
            ".." => drop(parts.pop()),
            "." | "" => {}
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// Returns the names of the places of a page.
fn places(main: &str) -> Result<HashSet<String>, String> {
    let mut names = HashSet::new();
    tags(main, |_, _, tag| {
        names.extend(attribute(tag, "id"));
    })?;
    Ok(names)
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut all = tag.html_attributes();
    let found = all
        .with_checks(false)
        .flatten()
        .find(|attribute| attribute.key.as_ref() == name)?;
    Some(found.value.into_owned())
}

/// Calls `each` with the start, the end and the content of every tag that opens an element.
fn tags(html: &str, mut each: impl FnMut(usize, usize, &BytesStart<'_>)) -> Result<(), String> {
    let mut reader = Reader::from_str(html);
    let config = reader.config_mut();
    // Not every element of HTML has an end.
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    loop {
        let from = place(reader.buffer_position());
        match reader.read_event() {
            Ok(Event::Start(tag) | Event::Empty(tag)) => {
                each(from, place(reader.buffer_position()), &tag);
            }
            Ok(Event::Eof) => return Ok(()),
            Ok(_) => {}
            Err(error) => return Err(error.to_string()),
        }
    }
}

fn place(position: u64) -> usize {
    usize::try_from(position).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(main: &str, expected: &str) {
        let numbers = [
            ("index.html", 0),
            ("plans/a.html", 1),
            ("plans/q/b.html", 2),
        ];
        let numbers = numbers.map(|(path, number)| (path.to_owned(), number));
        let mut leaves = Leaves::new(numbers.into_iter().collect());
        let page = format!("<body><main class=\"page\" id=\"content\">{main}</main></body>");
        leaves
            .add(&File {
                path: "plans/q/b.html".to_owned(),
                bytes: page.into_bytes(),
            })
            .unwrap();
        let expected = format!(
            "<article class=\"leaf page\" id=\"p2\" tabindex=\"-1\">{expected}</article>\n"
        );
        assert_eq!(leaves.html, expected);
    }

    #[test]
    fn places_and_links_get_the_names_of_the_file() {
        check(
            "<h2 id=\"o.1\" dir=\"auto\">A &amp; id=\"x\"</h2><p><a href=\"#o.1\">it</a><br>",
            "<h2 id=\"p2.o.1\" dir=\"auto\">A &amp; id=\"x\"</h2><p><a href=\"#p2.o.1\">it</a><br>",
        );
        check(
            "<a href=\"../a.html#kr.1.1\">a</a><a href=\"../../index.html\">b</a>",
            "<a href=\"#p1.kr.1.1\">a</a><a href=\"#p0\">b</a>",
        );
        check(
            "<a href=\"b.json\" download>data</a><a href=\"https://example.org/?a=1&amp;b=2#x\">web</a>",
            "<a>data</a><a href=\"https://example.org/?a=1&amp;b=2#x\">web</a>",
        );
        check(
            "<svg aria-labelledby=\"t other\"><title id=\"t\">x</title><use href=\"#mark\"/></svg>",
            "<svg aria-labelledby=\"p2.t other\"><title id=\"p2.t\">x</title><use href=\"#mark\"/></svg>",
        );
        check("<a href=\"#top\">up</a>", "<a href=\"#p2\">up</a>");
    }
}
