//! Where a link of a plan may lead.

/// Where the links of a plan lead on its page.
///
/// By default that is where they lead in the plan, which suits a page that lies beside it.
#[derive(Clone, Copy, Default)]
pub(crate) struct Links<'l>(Option<&'l Lead<'l>>);

/// Says where a link leads.
type Lead<'l> = dyn Fn(&str) -> Option<String> + 'l;

impl<'l> Links<'l> {
    /// Returns links of which each leads where `lead` says, and is words where it says nothing.
    pub(crate) fn through(lead: &'l Lead<'l>) -> Self {
        Self(Some(lead))
    }

    /// Returns where a link leads, ready to stand in an attribute, or nothing when it may not.
    pub(crate) fn href(self, target: &str) -> Option<String> {
        match self.0 {
            None => href(target),
            Some(lead) => href(&lead(target)?),
        }
    }
}

/// Returns where a link may lead, ready to stand in an attribute, or nothing when it may not.
///
/// `http`, `https`, `mailto` and relative targets are let through.
/// A target that begins with `//` takes the scheme of whatever page it stands in, and browsers read a
/// backslash as a slash and drop control characters, so all three are refused.
pub(crate) fn href(target: &str) -> Option<String> {
    let target = target.trim_matches(' ');
    let is_odd = |c: char| c.is_control() || c == '\\';
    if target.is_empty() || target.starts_with("//") || target.contains(is_odd) {
        return None;
    }
    if let Some((scheme, rest)) = target.split_once(':')
        && !scheme.contains(['/', '?', '#'])
    {
        let is = |name: &str| scheme.eq_ignore_ascii_case(name);
        let has_host = || {
            rest.strip_prefix("//")
                .is_some_and(|host| !host.is_empty() && !host.starts_with(['/', '?', '#', ':']))
        };
        let is_allowed =
            (is("http") || is("https")) && has_host() || is("mailto") && !rest.is_empty();
        if !is_allowed {
            return None;
        }
    }
    let mut out = String::with_capacity(target.len());
    let mut rest = target;
    while let Some(c) = rest.chars().next() {
        let after = &rest[c.len_utf8()..];
        let is_encoded =
            c == '%' && after.len() >= 2 && after.bytes().take(2).all(|b| b.is_ascii_hexdigit());
        if c == '&' {
            out.push_str("&amp;");
        } else if c.is_alphanumeric() || "-._~:/?#@!$()*+,;=".contains(c) || is_encoded {
            out.push(c);
        } else {
            let mut buffer = [0; 4];
            for byte in c.encode_utf8(&mut buffer).bytes() {
                let digit = |four: u8| char::from(b"0123456789ABCDEF"[usize::from(four & 15)]);
                out.extend(['%', digit(byte >> 4), digit(byte)]);
            }
        }
        rest = after;
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_lead_to_the_web_to_mail_and_to_neighbours() {
        for target in [
            "https://example.org/a?b=1",
            "HTTP://example.org",
            "mailto:a@b.c",
            "company.md#goal",
            "#top",
        ] {
            assert_eq!(href(target).as_deref(), Some(target));
        }
        assert_eq!(href("a b\".md").as_deref(), Some("a%20b%22.md"));
        assert_eq!(href("x?a=1&b='2'").as_deref(), Some("x?a=1&amp;b=%272%27"));
        assert_eq!(href("100%.md").as_deref(), Some("100%25.md"));
    }

    #[test]
    fn other_links_are_words() {
        let targets = [
            "",
            " ",
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            " javascript:alert(1)",
            "java\tscript:alert(1)",
            "\u{1}javascript:alert(1)",
            "javascript&colon;alert(1):",
            "data:text/html,x",
            "vbscript:x",
            "file:///etc",
            "//example.org",
            "\\\\example.org",
            "/\\example.org",
            "http:example.org",
            "https://",
            "https:///x",
            "mailto:",
        ];
        for target in targets {
            assert_eq!(href(target), None, "{target:?}");
        }
    }
}
