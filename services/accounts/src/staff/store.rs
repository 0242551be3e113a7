//! The SQL of staff.

use proto::StaffId;
use sqlx::postgres::PgConnection;
use uuid::Uuid;

use super::NewStaff;

kit::row! {
    /// A member of staff who works here.
    pub struct Member {
        /// The member of staff.
        pub staff_id: Uuid,
        /// The name that colleagues see; residents see the department.
        pub name: String,
        /// The department's key in the city pack.
        pub department: String,
        /// The roles, as keys in the city pack.
        pub roles: Vec<String>,
        /// Groups of confidential services that were granted by name.
        pub confidential: Vec<String>,
    }
}

kit::statements! {
    /// Adds or changes a member of staff, if there is anything to change.
    PUT = "
        INSERT INTO accounts.staff AS known (staff_id, name, department, roles, confidential)
             VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (staff_id) DO UPDATE
                SET name = $2, department = $3, roles = $4, confidential = $5, active = true
              WHERE (known.name, known.department, known.roles, known.confidential, known.active)
                    IS DISTINCT FROM ($2, $3, $4, $5, true)";

    /// Closes the door for a member of staff.
    CLOSE = "
        UPDATE accounts.staff
           SET active = false
         WHERE staff_id = $1 AND active";

    /// Everybody who works here, by name.
    ALL: Member = "
        SELECT staff_id, name, department, roles, confidential
          FROM accounts.staff
         WHERE active
         ORDER BY name, staff_id";

    /// A member of staff who works here.
    FIND: Member = "
        SELECT staff_id, name, department, roles, confidential
          FROM accounts.staff
         WHERE staff_id = $1 AND active";
}

/// Adds or changes a member of staff; answers whether anything changed.
pub async fn put(conn: &mut PgConnection, member: &NewStaff) -> sqlx::Result<bool> {
    let put = sqlx::query(PUT)
        .bind(member.staff_id.0)
        .bind(&member.name)
        .bind(&member.department)
        .bind(&member.roles)
        .bind(&member.confidential);
    Ok(put.execute(conn).await?.rows_affected() == 1)
}

/// Lets a member of staff sign in no more; answers whether they could before.
pub async fn close(conn: &mut PgConnection, id: StaffId) -> sqlx::Result<bool> {
    Ok(sqlx::query(CLOSE).bind(id.0).execute(conn).await?.rows_affected() == 1)
}

/// Everybody who works here, by name.
pub async fn all(conn: &mut PgConnection) -> sqlx::Result<Vec<Member>> {
    sqlx::query_as(ALL).fetch_all(conn).await
}

/// The member of staff with this id, if they work here.
pub async fn find(conn: &mut PgConnection, id: StaffId) -> sqlx::Result<Option<Member>> {
    sqlx::query_as(FIND).bind(id.0).fetch_optional(conn).await
}
