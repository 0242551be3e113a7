//! The SQL of the cursor.

use kit::event::Position;
use sqlx::postgres::PgConnection;

kit::row! {
    /// A cursor as it is stored.
    pub struct Cursor {
        xid: i64,
        seq: i64,
    }
}

kit::statements! {
    /// Puts a new reader before the first event.
    START = "
        INSERT INTO notify.reader (name, xid, seq)
             VALUES ($1, 0, 0)
        ON CONFLICT (name) DO NOTHING";

    /// The cursor, locked; nothing while another process holds it.
    LOCK: Cursor = "
        SELECT xid, seq
          FROM notify.reader
         WHERE name = $1
           FOR UPDATE SKIP LOCKED";

    /// Moves the cursor.
    ADVANCE = "
        UPDATE notify.reader
           SET xid = $2, seq = $3
         WHERE name = $1";
}

/// Locks the cursor for this transaction; nothing while another process reads.
pub async fn lock(conn: &mut PgConnection, name: &str) -> sqlx::Result<Option<Position>> {
    sqlx::query(START).bind(name).execute(&mut *conn).await?;
    let cursor: Option<Cursor> = sqlx::query_as(LOCK).bind(name).fetch_optional(conn).await?;
    Ok(cursor.map(|Cursor { xid, seq }| Position { xid, seq }))
}

/// Moves the cursor.
pub async fn advance(conn: &mut PgConnection, name: &str, to: Position) -> sqlx::Result<()> {
    sqlx::query(ADVANCE).bind(name).bind(to.xid).bind(to.seq).execute(conn).await.map(drop)
}
