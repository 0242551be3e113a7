//! The SQL of staff sessions.

use proto::{SessionId, StaffId, Timestamp};
use sqlx::postgres::PgConnection;
use uuid::Uuid;

kit::row! {
    /// A session with its member of staff as they are now.
    pub struct Session {
        /// The session.
        pub session_id: Uuid,
        /// Whose it is.
        pub staff_id: Uuid,
        /// The name that colleagues see.
        pub name: String,
        /// The department's key.
        pub department: String,
        /// The roles' keys.
        pub roles: Vec<String>,
        /// Groups of confidential services that were granted by name.
        pub confidential: Vec<String>,
        /// Whether the member of staff may sign in.
        pub active: bool,
        /// Start of the idle limit.
        pub last_used_at: Timestamp,
        /// The absolute limit.
        pub ends_at: Timestamp,
        /// When it was ended.
        pub ended_at: Option<Timestamp>,
    }
}

kit::statements! {
    /// Adds a session.
    ADD = "
        INSERT INTO accounts.session (session_id, secret_hash, staff_id, started_at, last_used_at, ends_at)
             VALUES ($1, $2, $3, $4, $4, $5)";

    /// Locks a session by its secret.
    LOCK: Session = "
        SELECT session.session_id, session.staff_id, staff.name, staff.department, staff.roles,
               staff.confidential, staff.active, session.last_used_at, session.ends_at, session.ended_at
          FROM accounts.session
          JOIN accounts.staff USING (staff_id)
         WHERE session.secret_hash = $1
           FOR UPDATE OF session";

    /// Begins the idle limit anew.
    TOUCH = "
        UPDATE accounts.session
           SET last_used_at = $2
         WHERE session_id = $1";

    /// Ends a session that has not ended.
    END = "
        UPDATE accounts.session
           SET ended_at = $2
         WHERE session_id = $1 AND ended_at IS NULL";
}

/// Adds a session.
pub async fn add(
    conn: &mut PgConnection,
    id: SessionId,
    secret_hash: &[u8; 32],
    staff_id: StaffId,
    now: Timestamp,
    ends_at: Timestamp,
) -> sqlx::Result<()> {
    let add = sqlx::query(ADD).bind(id.0).bind(&secret_hash[..]).bind(staff_id.0).bind(now).bind(ends_at);
    add.execute(conn).await.map(drop)
}

/// Locks the session with this secret.
pub async fn lock(conn: &mut PgConnection, secret_hash: &[u8; 32]) -> sqlx::Result<Option<Session>> {
    sqlx::query_as(LOCK).bind(&secret_hash[..]).fetch_optional(conn).await
}

/// Notes that the session is used.
pub async fn touch(conn: &mut PgConnection, id: Uuid, now: Timestamp) -> sqlx::Result<()> {
    sqlx::query(TOUCH).bind(id).bind(now).execute(conn).await.map(drop)
}

/// Ends the session; answers whether it had not ended before.
pub async fn end(conn: &mut PgConnection, id: Uuid, now: Timestamp) -> sqlx::Result<bool> {
    let ended = sqlx::query(END).bind(id).bind(now).execute(conn).await?;
    Ok(ended.rows_affected() == 1)
}
