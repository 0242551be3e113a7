//! Sealing: a job puts final events into a chain of hashes, in log order, within a second.
//!
//! A chain inside the write would make every write wait for the one before it.

use sqlx::postgres::PgConnection;

use super::Position;
use crate::Result;
use crate::db::{Caller, Context, Db};
use crate::keys::sha256;

/// The sealer, as the policies know it.
#[derive(Clone, Copy, Debug)]
pub struct Sealer;

impl Caller for Sealer {
    fn context(&self) -> Context {
        Context { kind: "system", ..Context::default() }
    }
}

crate::row! {
    /// An event with all that the chain covers, its metadata written as one line.
    pub struct Link {
        pub(super) seq: i64,
        pub(super) xid: i64,
        pub(super) metadata: String,
        pub(super) payload_hash: Vec<u8>,
    }
}

crate::row! {
    /// The end of the chain.
    pub struct Head {
        pub(super) position: i64,
        pub(super) event_seq: i64,
        pub(super) event_xid: i64,
        pub(super) hash: Vec<u8>,
    }
}

crate::statements! {
    /// Only one sealer at a time; another one leaves at once.
    LOCK = "SELECT pg_try_advisory_xact_lock(1735160001)";

    /// The end of the chain.
    HEAD: Head = "
        SELECT position, event_seq, event_xid::text::bigint AS event_xid, hash
          FROM audit.seal
         ORDER BY position DESC
         LIMIT 1";

    /// Final events after a position, in log order.
    UNSEALED: Link = "
        SELECT seq, xid::text::bigint AS xid, event.metadata(event) AS metadata, payload_hash
          FROM event.event
         WHERE (xid, seq) > ($1::text::xid8, $2)
           AND xid < pg_snapshot_xmin(pg_current_snapshot())
         ORDER BY event.xid, event.seq
         LIMIT 1000";

    /// Appends links to the chain.
    APPEND = "
        INSERT INTO audit.seal (position, event_seq, event_xid, hash)
        SELECT position, event_seq, event_xid::text::xid8, hash
          FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bytea[])
               AS link (position, event_seq, event_xid, hash)";
}

/// Seals what is final and not yet sealed; answers with how many events that were.
pub async fn seal(db: &Db) -> Result<usize> {
    let mut tx = db.begin(&Sealer).await?;
    let (alone,): (bool,) = sqlx::query_as(LOCK).fetch_one(&mut *tx).await?;
    if !alone {
        return Ok(0);
    }
    let head: Option<Head> = sqlx::query_as(HEAD).fetch_optional(&mut *tx).await?;
    let mut after = Position::default();
    let (mut position, mut hash) = (0, Vec::new());
    if let Some(head) = head {
        after = Position { xid: head.event_xid, seq: head.event_seq };
        (position, hash) = (head.position, head.hash);
    }
    let links: Vec<Link> =
        sqlx::query_as(UNSEALED).bind(after.xid.to_string()).bind(after.seq).fetch_all(&mut *tx).await?;
    append(&mut tx, &links, position, hash).await?;
    tx.commit().await?;
    Ok(links.len())
}

async fn append(
    connection: &mut PgConnection,
    links: &[Link],
    mut position: i64,
    mut hash: Vec<u8>,
) -> Result<()> {
    if links.is_empty() {
        return Ok(());
    }
    let (mut positions, mut seqs, mut xids, mut hashes) = (vec![], vec![], vec![], vec![]);
    for link in links {
        position += 1;
        hash = chained(&hash, &link.metadata, &link.payload_hash).to_vec();
        positions.push(position);
        seqs.push(link.seq);
        xids.push(link.xid);
        hashes.push(hash.clone());
    }
    sqlx::query(APPEND).bind(positions).bind(seqs).bind(xids).bind(hashes).execute(connection).await?;
    Ok(())
}

/// The hash of a link: over the hash before it, the event's metadata and the hash of its payload.
pub(super) fn chained(before: &[u8], metadata: &str, payload_hash: &[u8]) -> [u8; 32] {
    sha256(&[before, metadata.as_bytes(), payload_hash].concat())
}
