//! A transaction that owns its connection from before BEGIN until after COMMIT.

use std::ops::{Deref, DerefMut};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use sqlx::pool::PoolConnection;
use sqlx::postgres::{PgConnection, PgPool};
use sqlx::{Connection, Postgres};

use super::caller::Context;
use super::watch;
use crate::Result;

crate::statements! {
    /// Sets who is asking, for this transaction only, and tells the backend's pid.
    SET_CALLER = "
        SELECT pg_backend_pid(),
               set_config('app.kind', $1, true),
               set_config('app.subject', $2, true),
               set_config('app.departments', $3, true),
               set_config('app.confidential', $4, true),
               set_config('app.request', $5, true)";
}

/// A transaction. What is not committed is rolled back before the connection is lent again.
///
/// sqlx's own transaction marks itself as begun only after the answer to BEGIN. When its future is dropped
/// before that, the connection goes back to the pool inside a transaction that nobody ends, and the next
/// borrower's write is acknowledged and lost. This one holds the connection before BEGIN is sent, and its
/// drop ends the transaction in a task of its own.
pub struct Tx {
    connection: Option<PoolConnection<Postgres>>,
    pool: PgPool,
    pid: i32,
    left: Option<Arc<AtomicBool>>,
    context: Context,
}

impl Tx {
    pub(super) async fn begin(pool: &PgPool, context: Context) -> Result<Self> {
        let connection = pool.acquire().await?;
        let mut tx = Self {
            connection: Some(connection),
            pool: pool.clone(),
            pid: 0,
            left: watch::current(),
            context: context.clone(),
        };
        sqlx::query("BEGIN").execute(&mut *tx).await?;
        let request = context.request.map(|id| id.to_string()).unwrap_or_default();
        let (pid,): (i32,) = sqlx::query_as(SET_CALLER)
            .bind(context.kind)
            .bind(context.subject.unwrap_or_default())
            .bind(context.departments)
            .bind(context.confidential)
            .bind(request)
            .fetch_one(&mut *tx)
            .await?;
        tx.pid = pid;
        Ok(tx)
    }

    /// Commits; only then may the caller be told.
    pub async fn commit(mut self) -> Result<()> {
        sqlx::query("COMMIT").execute(&mut *self).await?;
        // The connection is clean: it goes back as it is.
        drop(self.connection.take());
        Ok(())
    }

    /// Who is asking.
    pub fn context(&self) -> &Context {
        &self.context
    }
}

impl Deref for Tx {
    type Target = PgConnection;
    fn deref(&self) -> &PgConnection {
        self.connection.as_ref().expect("a transaction owns its connection until it ends")
    }
}

impl DerefMut for Tx {
    fn deref_mut(&mut self) -> &mut PgConnection {
        self.connection.as_mut().expect("a transaction owns its connection until it ends")
    }
}

impl Drop for Tx {
    fn drop(&mut self) {
        let Some(mut connection) = self.connection.take() else { return };
        let left = self.left.as_ref().is_some_and(|left| left.load(Ordering::SeqCst));
        let Ok(runtime) = tokio::runtime::Handle::try_current() else {
            connection.close_on_drop();
            return;
        };
        if left {
            runtime.spawn(cancel(self.pool.clone(), self.pid, connection));
        } else {
            runtime.spawn(roll_back(connection));
        }
    }
}

async fn roll_back(mut connection: PoolConnection<Postgres>) {
    if sqlx::query("ROLLBACK").execute(&mut *connection).await.is_err() {
        connection.close_on_drop();
    }
}

/// Ends a read whose caller has left, and throws its connection away: a cancel that comes late must not
/// hit the next borrower's statement.
async fn cancel(pool: PgPool, pid: i32, connection: PoolConnection<Postgres>) {
    let connection = connection.detach();
    if pid != 0 {
        // A connection beside the pool: the pool may be empty exactly because of such reads.
        if let Ok(mut other) = PgConnection::connect_with(&pool.connect_options()).await {
            let _ = sqlx::query("SELECT pg_cancel_backend($1)").bind(pid).execute(&mut other).await;
            let _ = other.close().await;
        }
    }
    drop(connection);
}
