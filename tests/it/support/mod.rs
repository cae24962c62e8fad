//! What the tests share.

pub(crate) mod expected;
pub(crate) mod reading;
pub(crate) mod sandbox;
pub(crate) mod strategies;

use std::path::Path;
use std::sync::LazyLock;

/// Returns the folder that holds the whole project.
pub(crate) fn root() -> &'static Path {
    static ROOT: LazyLock<std::path::PathBuf> =
        LazyLock::new(|| Path::new(env!("CARGO_MANIFEST_DIR")).join(".."));
    &ROOT
}
