//! How long a session holds: plain rules on times.

use chrono::TimeDelta;
use proto::Timestamp;

use super::store::Session;

/// How long a session may rest without being used.
pub const IDLE: TimeDelta = TimeDelta::minutes(30);
/// How long a session lasts at most.
pub const ABSOLUTE: TimeDelta = TimeDelta::hours(10);
/// How long a token holds at most, in seconds: this long someone who left can still act.
const TOKEN_SECONDS: i64 = 300;

impl Session {
    /// For how many seconds a token may be made at `now`; none when the session does not hold.
    ///
    /// No token outlives its session.
    pub fn token_seconds(&self, now: Timestamp) -> Option<u32> {
        let holds = self.active && self.ended_at.is_none() && now < self.last_used_at + IDLE;
        let left = (self.ends_at - now).num_seconds();
        if holds && left > 0 { u32::try_from(left.min(TOKEN_SECONDS)).ok() } else { None }
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use uuid::Uuid;

    use super::*;

    fn at(seconds: i64) -> Timestamp {
        DateTime::from_timestamp(1_800_000_000 + seconds, 0).unwrap()
    }

    fn session() -> Session {
        Session {
            session_id: Uuid::nil(),
            staff_id: Uuid::nil(),
            name: String::new(),
            department: String::new(),
            roles: Vec::new(),
            confidential: Vec::new(),
            active: true,
            last_used_at: at(0),
            ends_at: at(36_000),
            ended_at: None,
        }
    }

    #[test]
    fn a_token_is_made_until_the_session_rests_too_long_or_ends() {
        let cases = [
            (session(), 0, Some(300)),
            (session(), 30 * 60 - 1, Some(300)),
            (session(), 30 * 60, None),
            (Session { last_used_at: at(35_000), ..session() }, 35_900, Some(100)),
            (Session { last_used_at: at(35_000), ..session() }, 36_000, None),
            (Session { ended_at: Some(at(1)), ..session() }, 2, None),
            (Session { active: false, ..session() }, 2, None),
        ];
        for (session, second, seconds) in cases {
            assert_eq!(session.token_seconds(at(second)), seconds, "{session:?} at {second}");
        }
    }
}
