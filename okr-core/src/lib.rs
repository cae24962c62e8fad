//! Core.
pub mod diagnostic;
pub mod model;
pub mod syntax;
pub mod text;
