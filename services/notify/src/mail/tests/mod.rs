//! What residents read, and what becomes of a mail when something is in its way.

mod delivery;
mod wording;
