//! What does the learner see? Whole screens at 40, 80 and 120 columns, plain and coloured, in Unicode and ASCII, in both
//! languages. A screen is looked at before its snapshot is accepted.

#![allow(clippy::too_many_lines, clippy::needless_for_each)]

mod course;
mod drawings;
mod lessons;
mod reasons;
mod scene;
mod sizes;
