//! Whole commands: what a person types, and what becomes of it.

/// What holds for every command.
mod general;

mod add;
mod carry;
mod check;
mod check_folder;
mod checkin;
mod checkin_days;
mod checkin_rules;
mod checkin_source;
mod close;
mod close_kept;
mod completions;
mod config;
mod dialects;
mod diff;
mod due;
mod edition;
mod explain;
mod fmt;
mod import;
mod man;
mod map;
mod measure;
mod new;
mod publish;
mod read;
mod render;
mod render_dialect;
mod review;
mod set;
mod set_units;
mod status;
mod steps;
mod templates;
mod update;
mod workbook;

/// Files as they are found in the world: broken, huge, locked, changed by others, cut off.
mod files;
/// Plans that mean harm.
mod hostile;

/// A plan as a person writes it, with line ends as on Windows.
const BY_HAND: &str = "---\r\nplan: Finance\r\nperiod: 2026-Q4\r\nteam: Finance # ours\r\n---\r\n\r\n# Finance\r\n\r\n\
* stars\r\n* stay\r\n\r\n\
## Objective 1: Get paid sooner\r\n\r\n* Owner:  Dana Reyes\r\n* Type: committed\r\n\r\nWhy it matters.\r\n\r\n\
### Key result 1.1: Raise the collection rate by 25%\r\n\r\n* owner: Sam\r\n* **Baseline:** 68%\r\n* Target: +25%\r\n* Due: 2026-12-31\r\n* [ ] Train the team (@kim)\r\n* [x] Buy the software\r\n\r\n\
| Date | Value |\r\n|---|--:|\r\n| 2026-10-09 | 70% |\r\n\r\n\
### Key result 1.2: Cut disputes by 10%\r\n\r\n* Id: kr-disputes\r\n* Target: -10%\r\n\r\n\
## Objective 2: Close the books in three days\r\n\r\n* [ ] Draw up the calendar\r\n\r\n## Notes\r\n\r\nNo final line end.";

/// A plan of three headings.
const THREE_HEADINGS: &str = "# Finance\n\n## Objective: Get paid sooner\n\n### Key result: Raise the collection rate by 25%\n";
