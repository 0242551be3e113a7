//! Photos and the requests that name them.

use kit::media::CleanPhoto;
use proto::geo::Position;
use proto::reports::{Photo, UploadedPhoto};
use proto::{PhotoId, ServiceRequestId, Timestamp};
use sqlx::postgres::PgConnection;
use uuid::Uuid;

kit::row! {
    /// An upload as it was answered.
    pub struct Upload {
        /// SHA-256 of the upload as it came.
        pub digest: Vec<u8>,
        width: i32,
        height: i32,
        place_longitude: Option<f64>,
        place_latitude: Option<f64>,
    }
}

kit::row! {
    /// A photo of a request.
    pub struct PhotoRow {
        photo_id: Uuid,
        released: bool,
        stage: String,
    }
}

/// The photos of a request, oldest first.
#[derive(Clone, Debug, Default)]
pub struct Photos {
    /// What the resident sent.
    pub sent: Vec<Photo>,
    /// The place once the matter was done.
    pub after: Vec<Photo>,
}

kit::row! {
    /// A photo.
    pub struct IdRow {
        photo_id: Uuid,
    }
}

kit::row! {
    /// The request that names a photo.
    pub struct RequestRow {
        service_request_id: Option<Uuid>,
    }
}

kit::statements! {
    /// Keeps an upload, unless its id is taken; waits for another transaction that takes it.
    ADD = "
        INSERT INTO reports.photo (photo_id, digest, width, height, place_longitude, place_latitude, uploaded_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT (photo_id) DO NOTHING";

    /// An upload.
    UPLOAD: Upload = "
        SELECT digest, width, height, place_longitude, place_latitude
          FROM reports.photo
         WHERE photo_id = $1";

    /// Gives uploads that no request names yet to a request, and forgets where the camera was.
    ATTACH: IdRow = "
        WITH named AS (
            SELECT photo_id
              FROM reports.photo
             WHERE photo_id = ANY ($1) AND service_request_id IS NULL
             ORDER BY photo_id
               FOR UPDATE)
        UPDATE reports.photo
           SET service_request_id = $2, place_longitude = NULL, place_latitude = NULL
          FROM named
         WHERE photo.photo_id = named.photo_id
     RETURNING photo.photo_id";

    /// Gives an upload that no request names yet to a request, as a photo of the place afterwards.
    ATTACH_AFTER = "
        UPDATE reports.photo
           SET service_request_id = $2, stage = 'after', released = $3,
               place_longitude = NULL, place_latitude = NULL
         WHERE photo_id = $1 AND service_request_id IS NULL";

    /// The request that names a photo.
    REQUEST_OF: RequestRow = "
        SELECT service_request_id
          FROM reports.photo
         WHERE photo_id = $1";

    /// The photos of a request.
    OF_REQUEST: PhotoRow = "
        SELECT photo_id, released, stage
          FROM reports.photo
         WHERE service_request_id = $1
         ORDER BY uploaded_at, photo_id";

    /// Whether everyone may see a photo.
    IS_PUBLIC = "
        SELECT EXISTS (SELECT
                         FROM published.request
                        WHERE photos @> ARRAY[$1::uuid] AND visibility = 'public')
            OR EXISTS (SELECT
                         FROM published.request
                        WHERE photos_after @> ARRAY[$1::uuid] AND visibility = 'public')";

    /// Notes a person's decision, if it is another one than before.
    SET_RELEASED = "
        UPDATE reports.photo
           SET released = $2
         WHERE photo_id = $1 AND released <> $2";

    /// Uploads that no request has named in time, locked.
    LOCK_UNNAMED: IdRow = "
        SELECT photo_id
          FROM reports.photo
         WHERE service_request_id IS NULL AND uploaded_at < $1
         ORDER BY uploaded_at
         LIMIT $2
           FOR UPDATE SKIP LOCKED";

    /// Deletes photos.
    DELETE = "
        DELETE FROM reports.photo
         WHERE photo_id = ANY ($1)";
}

impl Upload {
    /// What is kept about a clean photo beside its bytes.
    pub fn of(photo: &CleanPhoto) -> Self {
        Self {
            digest: photo.digest.to_vec(),
            // At most 2048 after cleaning.
            width: i32::try_from(photo.width).unwrap_or(i32::MAX),
            height: i32::try_from(photo.height).unwrap_or(i32::MAX),
            place_longitude: photo.place.map(|(longitude, _)| longitude),
            place_latitude: photo.place.map(|(_, latitude)| latitude),
        }
    }

    /// What the uploader is told.
    pub fn answer(&self, photo_id: PhotoId) -> UploadedPhoto {
        let place = self.place_longitude.zip(self.place_latitude);
        UploadedPhoto {
            photo_id,
            width: self.width.unsigned_abs(),
            height: self.height.unsigned_abs(),
            place: place.map(|(longitude, latitude)| Position { longitude, latitude }),
        }
    }
}

/// Keeps an upload; answers `false` when its id is taken.
pub async fn add(
    connection: &mut PgConnection,
    photo_id: PhotoId,
    upload: &Upload,
    now: Timestamp,
) -> sqlx::Result<bool> {
    let added = sqlx::query(ADD)
        .bind(photo_id.0)
        .bind(&upload.digest)
        .bind(upload.width)
        .bind(upload.height)
        .bind(upload.place_longitude)
        .bind(upload.place_latitude)
        .bind(now)
        .execute(connection)
        .await?;
    Ok(added.rows_affected() == 1)
}

/// Reads an upload.
pub async fn upload(connection: &mut PgConnection, photo_id: PhotoId) -> sqlx::Result<Option<Upload>> {
    sqlx::query_as(UPLOAD).bind(photo_id.0).fetch_optional(connection).await
}

/// Gives uploads to a request; answers with those that were there to give.
pub async fn attach(
    connection: &mut PgConnection,
    photos: &[PhotoId],
    id: ServiceRequestId,
) -> sqlx::Result<Vec<PhotoId>> {
    if photos.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<Uuid> = photos.iter().map(|photo| photo.0).collect();
    let rows: Vec<IdRow> = sqlx::query_as(ATTACH).bind(ids).bind(id.0).fetch_all(connection).await?;
    Ok(rows.into_iter().map(|row| PhotoId(row.photo_id)).collect())
}

/// The request that names a photo, if the caller may see it.
pub async fn request_of(
    connection: &mut PgConnection,
    photo_id: PhotoId,
) -> sqlx::Result<Option<ServiceRequestId>> {
    let row: Option<RequestRow> =
        sqlx::query_as(REQUEST_OF).bind(photo_id.0).fetch_optional(connection).await?;
    Ok(row.and_then(|row| row.service_request_id).map(ServiceRequestId))
}

/// The photos of a request that the caller may see.
pub async fn of_request(connection: &mut PgConnection, id: ServiceRequestId) -> sqlx::Result<Photos> {
    let rows: Vec<PhotoRow> = sqlx::query_as(OF_REQUEST).bind(id.0).fetch_all(connection).await?;
    let mut photos = Photos::default();
    for row in rows {
        let of_stage = if row.stage == "after" { &mut photos.after } else { &mut photos.sent };
        of_stage.push(Photo { photo_id: PhotoId(row.photo_id), released: row.released });
    }
    Ok(photos)
}

/// Gives an upload to a request as a photo of the place afterwards; answers `false` when it was not there to give.
pub async fn attach_after(
    connection: &mut PgConnection,
    photo_id: PhotoId,
    id: ServiceRequestId,
    released: bool,
) -> sqlx::Result<bool> {
    let given =
        sqlx::query(ATTACH_AFTER).bind(photo_id.0).bind(id.0).bind(released).execute(connection).await?;
    Ok(given.rows_affected() == 1)
}

/// Whether everyone may see a photo.
pub async fn is_public(connection: &mut PgConnection, photo_id: PhotoId) -> sqlx::Result<bool> {
    let (public,): (bool,) = sqlx::query_as(IS_PUBLIC).bind(photo_id.0).fetch_one(connection).await?;
    Ok(public)
}

/// Notes a person's decision; answers whether it changed anything.
pub async fn set_released(
    connection: &mut PgConnection,
    photo_id: PhotoId,
    released: bool,
) -> sqlx::Result<bool> {
    let set = sqlx::query(SET_RELEASED).bind(photo_id.0).bind(released).execute(connection).await?;
    Ok(set.rows_affected() == 1)
}

/// Locks at most `most` uploads from before `before` that no request names.
pub async fn lock_unnamed(
    connection: &mut PgConnection,
    before: Timestamp,
    most: i64,
) -> sqlx::Result<Vec<Uuid>> {
    let rows: Vec<IdRow> = sqlx::query_as(LOCK_UNNAMED).bind(before).bind(most).fetch_all(connection).await?;
    Ok(rows.into_iter().map(|row| row.photo_id).collect())
}

/// Deletes photos.
pub async fn delete(connection: &mut PgConnection, photos: &[Uuid]) -> sqlx::Result<()> {
    sqlx::query(DELETE).bind(photos).execute(connection).await.map(|_| ())
}
