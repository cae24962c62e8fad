//! Which words tag something as internal.

/// The tag, as it stands in a list of tags.
const TAG: &str = "internal";

/// The names of the field that lists tags.
const NAMES: [&str; 2] = ["tags", "tag"];

/// Returns whether `#internal` stands in a text as a word, in any case.
///
/// In an address it is none: `page.html#internal` has no blank before its `#`, and `href="#internal"` an equals sign.
/// A tag below it, as `#internal/board`, is one.
pub(super) fn is_tagged(text: &str) -> bool {
    places(text).next().is_some()
}

/// Returns a text without the tag.
pub(super) fn without_tag(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for at in places(text) {
        out.push_str(&text[done..at]);
        let sign = text[at..].chars().next().map_or(0, char::len_utf8);
        done = at + sign + TAG.len();
    }
    out.push_str(&text[done..]);
    out
}

fn places(text: &str) -> impl Iterator<Item = usize> {
    let signs = text.match_indices(['#', '\u{ff03}']);
    let is_it = |(at, sign): (usize, &str)| {
        let rest = &text[at + sign.len()..];
        let is_tag = rest
            .get(..TAG.len())
            .is_some_and(|word| word.eq_ignore_ascii_case(TAG));
        (is_tag && begins_word(&text[..at]) && ends_word(&rest[TAG.len()..])).then_some(at)
    };
    signs.filter_map(is_it)
}

fn begins_word(before: &str) -> bool {
    let in_address = |c: char| c.is_alphanumeric() || matches!(c, '_' | '/' | '=' | '%');
    let unquoted = before.trim_end_matches(['"', '\'']);
    !before.ends_with(in_address) && !unquoted.ends_with('=')
}

fn ends_word(after: &str) -> bool {
    let rest = after.trim_start_matches(['-', '_']);
    if rest.len() < after.len() {
        // A hyphen goes on as a word only where one follows it.
        return !rest.starts_with(char::is_alphanumeric);
    }
    !after.starts_with(char::is_alphanumeric)
}

/// Returns whether a list of tags names it, however the list is written.
pub(super) fn lists_tag(value: &str) -> bool {
    let is_end = |c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_'));
    value
        .split(is_end)
        .any(|word| word.eq_ignore_ascii_case(TAG))
}

/// Returns whether words are a list of tags, as `Tags: internal`, that names it.
pub(super) fn is_label(words: &str) -> bool {
    words.split_once(':').is_some_and(|(name, value)| {
        let name = name.trim();
        NAMES.iter().any(|known| known.eq_ignore_ascii_case(name)) && lists_tag(value)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_a_word() {
        for text in [
            "#internal",
            "x #Internal",
            "#INTERNAL, then",
            "(#internal)",
            "see:#internal.",
            "##internal",
            "#internal/board",
            "#internal-",
            "\u{ff03}internal",
        ] {
            assert!(is_tagged(text), "{text}");
        }
        for text in [
            "internal",
            "# internal",
            "#internals",
            "#internal-audit",
            "#internal_use",
            "page.html#internal",
            "docs/#internal",
            "<a href=\"#internal\">",
            "<a href=#internal>",
            "https://a.b/?x=%#internal",
            "#intern",
            "#\u{130}nternal",
        ] {
            assert!(!is_tagged(text), "{text}");
        }
    }

    #[test]
    fn a_list_of_tags_names_it() {
        for text in ["Tags: internal", "tags : Board, INTERNAL", "TAG:#internal"] {
            assert!(is_label(text), "{text}");
        }
        for text in [
            "Tags: board",
            "Tags: internal-audit",
            "Stags: internal",
            "internal",
        ] {
            assert!(!is_label(text), "{text}");
        }
    }

    #[test]
    fn words_are_left_without_the_tag() {
        assert_eq!(without_tag("Buy #internal Acme #Internal"), "Buy  Acme ");
    }
}
