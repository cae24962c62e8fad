//! Markdown at a terminal.

use crate::shell::{Text, style, wrap};

/// Adds a document: headings stand out, paragraphs are broken where the line ends, code is set in.
pub(super) fn add(text: &mut Text, markdown: &str, width: usize) {
    let mut paragraph = String::new();
    let mut in_code = false;
    for line in markdown.lines() {
        if line.starts_with("```") {
            end(text, &mut paragraph, width);
            in_code = !in_code;
        } else if in_code {
            if !line.is_empty() {
                text.push("    ").styled(style::DIM, line);
            }
            text.push("\n");
        } else if let Some(heading) = line.strip_prefix("## ") {
            end(text, &mut paragraph, width);
            text.styled(style::BOLD, heading).push("\n");
        } else if line.is_empty() {
            if end(text, &mut paragraph, width) || !text.ansi().ends_with("\n\n") {
                text.push("\n");
            }
        } else {
            if line.starts_with("- ") {
                end(text, &mut paragraph, width);
            }
            if !paragraph.is_empty() {
                paragraph.push(' ');
            }
            paragraph.push_str(line);
        }
    }
    end(text, &mut paragraph, width);
}

/// Adds a paragraph, and returns whether there was one.
fn end(text: &mut Text, paragraph: &mut String, width: usize) -> bool {
    let indent = if paragraph.starts_with("- ") { 2 } else { 0 };
    for (index, line) in wrap(paragraph, width.saturating_sub(indent).max(20))
        .iter()
        .enumerate()
    {
        if index > 0 {
            text.push(&" ".repeat(indent));
        }
        text.push(line).push("\n");
    }
    let had = !paragraph.is_empty();
    paragraph.clear();
    had
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_set_for_reading() {
        let mut text = Text::new();
        let markdown = "## What\n\nOne two three\nfour five six.\n\n- a b c d e f g h i j k\n- b\n\n```markdown\n## Code\n\nx\n```\n\n## Why\n\nSo.\n";
        add(&mut text, markdown, 20);
        let expected = "What\n\nOne two three four\nfive six.\n\n- a b c d e f g h i\n  j k\n- b\n\n    ## Code\n\n    x\n\nWhy\n\nSo.\n";
        assert_eq!(text.plain(), expected);
    }
}
