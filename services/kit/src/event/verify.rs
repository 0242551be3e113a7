//! Walking the chain: does every sealed event still say what it said?

use sqlx::postgres::PgConnection;

use super::record::payload_hash;
use super::seal::chained;

crate::row! {
    /// A link of the chain beside the event that it covers.
    pub struct Sealed {
        position: i64,
        event_seq: i64,
        hash: Vec<u8>,
        metadata: Option<String>,
        payload_hash: Option<Vec<u8>>,
        payload: Option<String>,
        salt: Option<Vec<u8>>,
        redacted: bool,
    }
}

crate::statements! {
    /// The chain after a position, each link with its event.
    CHAIN: Sealed = "
        SELECT seal.position, seal.event_seq, seal.hash,
               CASE WHEN event.seq IS NOT NULL THEN event.metadata(event) END AS metadata,
               event.payload_hash, event.payload, event.salt,
               EXISTS (SELECT FROM event.redaction WHERE redaction.seq = seal.event_seq) AS redacted
          FROM audit.seal
          LEFT JOIN event.event ON event.seq = seal.event_seq
         WHERE seal.position > $1
         ORDER BY seal.position
         LIMIT 5000";

    /// Final events that no link covers although later ones are sealed: put in, or their link taken out.
    UNCOVERED = "
        SELECT event.seq
          FROM event.event
         WHERE (event.xid, event.seq) <= (SELECT event_xid, event_seq FROM audit.seal ORDER BY position DESC LIMIT 1)
           AND NOT EXISTS (SELECT FROM audit.seal WHERE seal.event_seq = event.seq)
         ORDER BY event.seq
         LIMIT 1";
}

/// What a walk found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Every link holds.
    Holds {
        /// Links that were walked.
        links: i64,
        /// Of these, events whose payload was redacted.
        redacted: i64,
        /// The last hash, to be kept elsewhere.
        head: String,
    },
    /// A row does not say what it said when it was sealed.
    Broken {
        /// The event's number.
        event_seq: i64,
        /// What is wrong with it.
        why: &'static str,
    },
}

/// Walks the whole chain.
pub async fn verify(connection: &mut PgConnection) -> sqlx::Result<Verdict> {
    let (mut position, mut redacted, mut hash) = (0, 0, Vec::new());
    loop {
        let links: Vec<Sealed> = sqlx::query_as(CHAIN).bind(position).fetch_all(&mut *connection).await?;
        if links.is_empty() {
            break;
        }
        for link in links {
            if let Some(why) = fault(&link, position, &hash) {
                return Ok(Verdict::Broken { event_seq: link.event_seq, why });
            }
            (position, hash) = (link.position, link.hash);
            redacted += i64::from(link.redacted);
        }
    }
    let uncovered: Option<(i64,)> = sqlx::query_as(UNCOVERED).fetch_optional(connection).await?;
    if let Some((event_seq,)) = uncovered {
        return Ok(Verdict::Broken {
            event_seq,
            why: "the event lies before the end of the chain but is not in it",
        });
    }
    Ok(Verdict::Holds { links: position, redacted, head: hex::encode(hash) })
}

fn fault(link: &Sealed, before: i64, hash: &[u8]) -> Option<&'static str> {
    if link.position != before + 1 {
        return Some("a link before it is missing");
    }
    let (Some(metadata), Some(sealed_payload)) = (&link.metadata, &link.payload_hash) else {
        return Some("the event is gone");
    };
    if chained(hash, metadata, sealed_payload)[..] != link.hash[..] {
        return Some("the event's metadata or the link's hash was changed");
    }
    match (&link.payload, &link.salt) {
        (Some(payload), Some(salt)) if payload_hash(salt, payload)[..] == sealed_payload[..] => None,
        (Some(_), Some(_)) => Some("the event's payload was changed"),
        (None, None) if link.redacted => None,
        _ => Some("the event's payload is gone without a redaction"),
    }
}
