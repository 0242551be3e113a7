//! Sealed addresses.

use chrono::NaiveDate;
use proto::{ServiceRequestId, Timestamp};
use sqlx::postgres::PgConnection;
use uuid::Uuid;

kit::row! {
    /// A sealed address.
    pub struct SealedRow {
        sealed: String,
    }
}

kit::row! {
    /// A request whose address was deleted.
    pub struct DeletedRow {
        service_request_id: Uuid,
    }
}

kit::row! {
    /// A request that has an address for answers.
    pub struct AnswerableRow {
        service_request_id: Uuid,
    }
}

kit::statements! {
    /// Requests among these that have an address for answers.
    ANSWERABLE: AnswerableRow = "
        SELECT service_request_id
          FROM reports.contact
         WHERE service_request_id = ANY ($1) AND answerable";

    /// Keeps an address.
    ADD = "
        INSERT INTO reports.contact (service_request_id, sealed, purpose, answerable)
             VALUES ($1, $2, $3, $4)";

    /// Seals an address anew, without where answers go.
    CLOSE_MAIL = "
        UPDATE reports.contact
           SET sealed = $2, answerable = false
         WHERE service_request_id = $1";

    /// The address of a request.
    SEALED: SealedRow = "
        SELECT sealed
          FROM reports.contact
         WHERE service_request_id = $1";

    /// Whether answers about a request go somewhere.
    IS_THERE = "
        SELECT EXISTS (SELECT FROM reports.contact WHERE service_request_id = $1 AND answerable)";

    /// Sets the day of deletion.
    DELETE_AFTER = "
        UPDATE reports.contact
           SET delete_after = $2
         WHERE service_request_id = $1";

    /// Deletes the address of a request.
    DELETE = "
        DELETE FROM reports.contact
         WHERE service_request_id = $1";

    /// How often somebody looked at addresses since a time; counts no further than it has to.
    REVEALS_SINCE = "
        SELECT count(*)
          FROM (SELECT
                  FROM event.event
                 WHERE kind = 'contact.revealed' AND actor = $1 AND recorded_at > $2
                 LIMIT $3) AS looks";

    /// Deletes addresses whose day has come.
    DELETE_DUE: DeletedRow = "
        DELETE FROM reports.contact
         WHERE service_request_id IN (SELECT service_request_id
                                        FROM reports.contact
                                       WHERE delete_after <= $1
                                       LIMIT $2
                                         FOR UPDATE SKIP LOCKED)
     RETURNING service_request_id";
}

/// Keeps a sealed address.
pub async fn add(
    connection: &mut PgConnection,
    id: ServiceRequestId,
    sealed: &str,
    purpose: &str,
    answerable: bool,
) -> sqlx::Result<()> {
    let add = sqlx::query(ADD).bind(id.0).bind(sealed).bind(purpose).bind(answerable);
    add.execute(connection).await.map(|_| ())
}

/// Keeps an address sealed anew, in which there is no mail address any more.
pub async fn close_mail(
    connection: &mut PgConnection,
    id: ServiceRequestId,
    sealed: &str,
) -> sqlx::Result<()> {
    sqlx::query(CLOSE_MAIL).bind(id.0).bind(sealed).execute(connection).await.map(|_| ())
}

/// The sealed address of a request that the caller may see.
pub async fn sealed(connection: &mut PgConnection, id: ServiceRequestId) -> sqlx::Result<Option<String>> {
    let row: Option<SealedRow> = sqlx::query_as(SEALED).bind(id.0).fetch_optional(connection).await?;
    Ok(row.map(|row| row.sealed))
}

/// Whether there is an address for answers.
pub async fn is_there(connection: &mut PgConnection, id: ServiceRequestId) -> sqlx::Result<bool> {
    let (there,): (bool,) = sqlx::query_as(IS_THERE).bind(id.0).fetch_one(connection).await?;
    Ok(there)
}

/// Sets the day of deletion.
pub async fn delete_after(
    connection: &mut PgConnection,
    id: ServiceRequestId,
    day: NaiveDate,
) -> sqlx::Result<()> {
    sqlx::query(DELETE_AFTER).bind(id.0).bind(day).execute(connection).await.map(|_| ())
}

/// Those of the requests that have an address for answers.
pub async fn answerable(
    connection: &mut PgConnection,
    among: &[ServiceRequestId],
) -> sqlx::Result<Vec<ServiceRequestId>> {
    let ids: Vec<Uuid> = among.iter().map(|id| id.0).collect();
    let rows: Vec<AnswerableRow> = sqlx::query_as(ANSWERABLE).bind(ids).fetch_all(connection).await?;
    Ok(rows.into_iter().map(|row| ServiceRequestId(row.service_request_id)).collect())
}

/// How often, up to `most` times, `actor` looked at addresses since `since`.
pub async fn reveals_since(
    connection: &mut PgConnection,
    actor: &str,
    since: Timestamp,
    most: i64,
) -> sqlx::Result<i64> {
    let looks = sqlx::query_as(REVEALS_SINCE).bind(actor).bind(since).bind(most);
    let (looks,): (i64,) = looks.fetch_one(connection).await?;
    Ok(looks)
}

/// Deletes the address of a request; answers whether there was one.
pub async fn delete(connection: &mut PgConnection, id: ServiceRequestId) -> sqlx::Result<bool> {
    Ok(sqlx::query(DELETE).bind(id.0).execute(connection).await?.rows_affected() == 1)
}

/// Deletes at most `most` addresses whose day has come by `today`; answers whose they were.
pub async fn delete_due(
    connection: &mut PgConnection,
    today: NaiveDate,
    most: i64,
) -> sqlx::Result<Vec<ServiceRequestId>> {
    let rows: Vec<DeletedRow> =
        sqlx::query_as(DELETE_DUE).bind(today).bind(most).fetch_all(connection).await?;
    Ok(rows.into_iter().map(|row| ServiceRequestId(row.service_request_id)).collect())
}
