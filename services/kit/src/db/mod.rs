//! The database: pools, transactions that know their caller, statements, set-up and migrations.
//!
//! Cures for faults of sqlx 0.9 that were reproduced in the tests: a `begin` that is cancelled leaves its
//! connection inside a transaction, and the next borrower's write is lost (see [`Tx`]); sqlx sends no
//! cancel when a read is dropped (see [`watched`]).

mod caller;
mod check;
pub mod migrate;
pub mod setup;
mod statements;
mod tx;
mod watch;

use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};

pub use caller::{Caller, Context, System};
pub use check::{check_statements, check_statements_of};
pub use statements::{Column, Row, Statement};
pub use tx::{STATEMENTS, Tx};
pub use watch::watched;

use crate::Result;

/// A pool of connections as one service's role.
#[derive(Clone, Debug)]
pub struct Db {
    pool: PgPool,
}

/// How a pool behaves.
#[derive(Clone, Copy, Debug)]
pub struct PoolSettings {
    /// Most connections.
    pub max: u32,
    /// How long a caller waits for one before it is told that there is a lot going on.
    pub wait: Duration,
}

impl Default for PoolSettings {
    fn default() -> Self {
        Self { max: 8, wait: Duration::from_secs(2) }
    }
}

impl Db {
    /// Opens a pool; connects at the first use.
    pub fn open(url: &str, settings: PoolSettings) -> sqlx::Result<Self> {
        let options: PgConnectOptions = url.parse()?;
        Ok(Self::open_with(options, settings))
    }

    /// Opens a pool; connects at the first use.
    pub fn open_with(options: PgConnectOptions, settings: PoolSettings) -> Self {
        let pool = PgPoolOptions::new()
            .max_connections(settings.max)
            .min_connections(0)
            .acquire_timeout(settings.wait)
            .idle_timeout(Duration::from_secs(30))
            // A dead connection shows at the first statement, and the caller may repeat.
            .test_before_acquire(false)
            .connect_lazy_with(options.application_name("gladbeck"));
        Self { pool }
    }

    /// Begins a transaction in which the database knows the caller.
    pub async fn begin(&self, caller: &(impl Caller + ?Sized)) -> Result<Tx> {
        Tx::begin(&self.pool, caller.context()).await
    }

    /// The pool itself, for what needs no caller: health, tests and set-up.
    pub fn pool(&self) -> &PgPool {
        &self.pool
    }
}
