//! Mail: addresses of people, letters to them, and the way to the city's mail server.
//!
//! Addresses appear in no log line and in no error. A letter keeps its name and its bytes however often it is sent.

mod address;
mod connection;
mod fault;
mod letter;
mod mailer;
mod settings;
#[cfg(test)]
mod tests;

pub use self::address::{Address, AddressFault, parse_address};
pub use self::fault::{Cause, SendFault};
pub use self::letter::{Letter, LetterFault, MessageId};
pub use self::mailer::Mailer;
pub use self::settings::{Settings, SettingsFault, Tls};
