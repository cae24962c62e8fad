//! Files of other programs, which `okr` does not write, and what to make instead.

use std::path::Path;

use crate::shell::quoted;

/// A kind of file that `okr` does not write.
#[derive(Clone, Copy)]
pub(crate) struct Foreign {
    extension: &'static str,
    kind: &'static Kind,
}

struct Kind {
    extensions: &'static [&'static str],
    /// The format that serves the purpose.
    format: &'static str,
    /// What comes before the name of the file to make, and what comes after it.
    advice: (&'static str, &'static str),
}

static KINDS: &[Kind] = &[
    Kind {
        extensions: &["pdf"],
        format: "html",
        advice: ("make ", " and print it from a browser"),
    },
    Kind {
        extensions: &["xls", "ods"],
        format: "xlsx",
        advice: ("write ", ", which spreadsheet programs open"),
    },
    Kind {
        extensions: &["docx", "doc", "odt", "rtf"],
        format: "html",
        advice: ("write ", ", which word processors open"),
    },
];

impl Foreign {
    /// Returns the kind that a name such as `pdf` or `.PDF` stands for.
    pub(crate) fn named(name: &str) -> Option<Self> {
        let name = name.trim_start_matches('.').to_lowercase();
        KINDS.iter().find_map(|kind| {
            let extension = kind.extensions.iter().find(|other| **other == name)?;
            Some(Self { extension, kind })
        })
    }

    /// Returns the kind of a file by its ending.
    pub(crate) fn of(path: &Path) -> Option<Self> {
        Self::named(path.extension()?.to_str()?)
    }

    /// Returns the format to write instead.
    pub(crate) const fn format(self) -> &'static str {
        self.kind.format
    }

    /// Returns that `okr` writes no such file.
    pub(crate) fn refusal(self) -> String {
        match self.extension {
            "pdf" => "okr writes no PDF".to_owned(),
            extension => format!("okr writes no .{extension} file"),
        }
    }

    /// Returns what to do instead, with the name of the file to make in place of `path`.
    pub(crate) fn advice(self, path: &Path) -> String {
        let path = path.with_extension(self.kind.format);
        let (before, after) = self.kind.advice;
        format!("{before}{}{after}", quoted(&path.display().to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_advice_names_the_file_to_make() {
        let check = |path: &str, expected: &str| {
            let path = Path::new(path);
            let kind = Foreign::of(path).map(|kind| kind.advice(path));
            assert_eq!(kind.as_deref().unwrap_or_default(), expected, "{path:?}");
        };
        check("page.pdf", "make page.html and print it from a browser");
        check(
            "a b.ODS",
            "write \"a b.xlsx\", which spreadsheet programs open",
        );
        check("plan.docx", "write plan.html, which word processors open");
        check("plan.md", "");
        check("pdf", "");
    }
}
