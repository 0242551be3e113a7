//! The SQL of browser sessions.

use proto::Timestamp;
use sqlx::postgres::PgConnection;

kit::row! {
    /// A session of a browser.
    pub struct Kept {
        /// Recognises the code of writes.
        pub csrf_hash: Vec<u8>,
        /// The session's secret at accounts, sealed.
        pub sealed: String,
    }
}

kit::statements! {
    /// Adds a session.
    ADD = "
        INSERT INTO gateway.session (cookie_hash, csrf_hash, sealed, opened_at, ends_at)
             VALUES ($1, $2, $3, $4, $5)";

    /// A session that is not over.
    FIND: Kept = "
        SELECT csrf_hash, sealed
          FROM gateway.session
         WHERE cookie_hash = $1 AND ends_at > $2";

    /// Forgets a session.
    REMOVE = "
        DELETE FROM gateway.session
         WHERE cookie_hash = $1";

    /// Forgets the sessions that are over.
    SWEEP = "
        DELETE FROM gateway.session
         WHERE ends_at <= $1";
}

/// Adds a session.
pub async fn add(
    conn: &mut PgConnection,
    cookie_hash: &[u8; 32],
    csrf_hash: &[u8; 32],
    sealed: &str,
    now: Timestamp,
    ends_at: Timestamp,
) -> sqlx::Result<()> {
    let add =
        sqlx::query(ADD).bind(&cookie_hash[..]).bind(&csrf_hash[..]).bind(sealed).bind(now).bind(ends_at);
    add.execute(conn).await.map(drop)
}

/// The session of a cookie, if it is not over.
pub async fn find(
    conn: &mut PgConnection,
    cookie_hash: &[u8; 32],
    now: Timestamp,
) -> sqlx::Result<Option<Kept>> {
    sqlx::query_as(FIND).bind(&cookie_hash[..]).bind(now).fetch_optional(conn).await
}

/// Forgets the session of a cookie.
pub async fn remove(conn: &mut PgConnection, cookie_hash: &[u8; 32]) -> sqlx::Result<()> {
    sqlx::query(REMOVE).bind(&cookie_hash[..]).execute(conn).await.map(drop)
}

/// Forgets sessions that are over.
pub async fn sweep(conn: &mut PgConnection, now: Timestamp) -> sqlx::Result<()> {
    sqlx::query(SWEEP).bind(now).execute(conn).await.map(drop)
}
