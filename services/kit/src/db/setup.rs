//! Set-up by a superuser, once: roles of the cluster, then one database per city.
//!
//! Roles are cluster-wide, so they are never made by a migration. A NOLOGIN group role per service holds the
//! grants; each city has LOGIN members of them, so that one city's password opens no other city.

use sqlx::postgres::PgConnection;
use sqlx::{AssertSqlSafe, Connection, Executor};

/// What has a role of its own: the services, the sealer of the audit log, and imports of areas and addresses.
pub const SERVICES: [&str; 7] = ["accounts", "reports", "layers", "notify", "gateway", "audit", "import"];

/// Advisory lock of set-up, in the database `postgres`.
const LOCK: i64 = 0x676C_6164_0002;

/// The operators behind which staff search by box and by text.
///
/// With row-level security PostgreSQL uses an index only for functions that are marked LEAKPROOF; without
/// the mark a box query on 200,000 rows goes through all of them. These raise no error that tells a value.
const LEAKPROOF: [&str; 4] = [
    "geometry_overlaps(geometry, geometry)",
    "pg_catalog.ts_match_vq(tsvector, tsquery)",
    "pg_catalog.texteq(text, text)",
    "pg_catalog.uuid_eq(uuid, uuid)",
];

/// The LOGIN role of a city's service; the prefix keeps it apart from the group roles, whatever the city is called.
pub fn login(city: &str, service: &str) -> String {
    format!("city_{city}_{service}")
}

/// Makes the roles of the cluster and those of `city`, unless they are there.
///
/// Members get no password here: on a private cluster the socket's folder is the door; elsewhere the
/// operator sets one.
pub async fn roles(connection: &mut PgConnection, city: &str) -> sqlx::Result<()> {
    sqlx::query("SELECT pg_advisory_lock($1)").bind(LOCK).execute(&mut *connection).await?;
    let done = roles_locked(connection, city).await;
    sqlx::query("SELECT pg_advisory_unlock($1)").bind(LOCK).execute(&mut *connection).await?;
    done
}

async fn roles_locked(connection: &mut PgConnection, city: &str) -> sqlx::Result<()> {
    group(connection, "gladbeck_owner").await?;
    member(connection, &login(city, "migrate"), "gladbeck_owner").await?;
    for service in SERVICES {
        let (group_role, member_role) = (format!("gladbeck_{service}"), login(city, service));
        group(connection, &group_role).await?;
        member(connection, &member_role, &group_role).await?;
        for setting in
            ["statement_timeout = '2s'", "idle_in_transaction_session_timeout = '5s'", "lock_timeout = '1s'"]
        {
            execute(connection, format!("ALTER ROLE {member_role} SET {setting}")).await?;
        }
    }
    Ok(())
}

async fn group(connection: &mut PgConnection, name: &str) -> sqlx::Result<()> {
    if !exists(connection, name).await? {
        execute(connection, format!("CREATE ROLE {name} NOLOGIN NOSUPERUSER NOBYPASSRLS NOINHERIT")).await?;
    }
    Ok(())
}

async fn member(connection: &mut PgConnection, name: &str, of: &str) -> sqlx::Result<()> {
    if !exists(connection, name).await? {
        execute(connection, format!("CREATE ROLE {name} LOGIN NOSUPERUSER NOBYPASSRLS INHERIT IN ROLE {of}"))
            .await?;
    }
    Ok(())
}

async fn exists(connection: &mut PgConnection, role: &str) -> sqlx::Result<bool> {
    let (there,): (bool,) = sqlx::query_as("SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = $1)")
        .bind(role)
        .fetch_one(connection)
        .await?;
    Ok(there)
}

/// Makes a database for `city`, unless it is there: extension, owner, and who may connect.
pub async fn database(superuser: &mut PgConnection, url: &str, name: &str, city: &str) -> sqlx::Result<()> {
    let (there,): (bool,) = sqlx::query_as("SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)")
        .bind(name)
        .fetch_one(&mut *superuser)
        .await?;
    if !there {
        // No half-made database remains under the name: it gets the name when it is complete.
        let draft = format!("{name}_draft");
        execute(superuser, format!("DROP DATABASE IF EXISTS \"{draft}\" WITH (FORCE)")).await?;
        execute(
            superuser,
            format!("CREATE DATABASE \"{draft}\" ENCODING 'UTF8' LOCALE 'C.UTF-8' TEMPLATE template0"),
        )
        .await?;
        inside(&url.replacen(&format!("/{name}?"), &format!("/{draft}?"), 1)).await?;
        execute(superuser, format!("ALTER DATABASE \"{draft}\" RENAME TO \"{name}\"")).await?;
    }
    allow(superuser, name, city).await
}

/// What stands in the database before the first migration; `url` opens it as the superuser.
async fn inside(url: &str) -> sqlx::Result<()> {
    let mut connection = PgConnection::connect(url).await?;
    execute(&mut connection, "CREATE EXTENSION postgis".to_owned()).await?;
    for function in LEAKPROOF {
        execute(&mut connection, format!("ALTER FUNCTION {function} LEAKPROOF")).await?;
    }
    execute(&mut connection, "GRANT CREATE, USAGE ON SCHEMA public TO gladbeck_owner".to_owned()).await?;
    connection.close().await
}

/// Lets only the city's own roles connect.
pub async fn allow(superuser: &mut PgConnection, database: &str, city: &str) -> sqlx::Result<()> {
    execute(superuser, format!("REVOKE CONNECT, TEMPORARY ON DATABASE \"{database}\" FROM PUBLIC")).await?;
    execute(superuser, format!("GRANT CREATE ON DATABASE \"{database}\" TO gladbeck_owner")).await?;
    for role in SERVICES.iter().copied().chain(["migrate"]) {
        let member = login(city, role);
        execute(superuser, format!("GRANT CONNECT ON DATABASE \"{database}\" TO {member}")).await?;
    }
    Ok(())
}

/// Functions of [`LEAKPROOF`] that are not marked; `doctor` names them.
pub async fn unmarked(connection: &mut PgConnection) -> sqlx::Result<Vec<String>> {
    let names: Vec<String> = LEAKPROOF.iter().map(|function| (*function).to_owned()).collect();
    let rows: Vec<(String,)> = sqlx::query_as(
        "SELECT name FROM unnest($1::text[]) AS name
          WHERE NOT (SELECT proleakproof FROM pg_proc WHERE oid = name::regprocedure)",
    )
    .bind(names)
    .fetch_all(connection)
    .await?;
    Ok(rows.into_iter().map(|(name,)| name).collect())
}

/// Runs a statement whose names cannot be parameters; they come from configuration, checked on reading.
async fn execute(connection: &mut PgConnection, sql: String) -> sqlx::Result<()> {
    connection.execute(AssertSqlSafe(sql)).await?;
    Ok(())
}
