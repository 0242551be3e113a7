//! Statements with names, collected so that a test can prepare each of them.

use sqlx::postgres::PgTypeInfo;

/// A named statement.
#[derive(Clone, Copy)]
pub struct Statement {
    /// The constant's name.
    pub name: &'static str,
    /// The text.
    pub sql: &'static str,
    /// The columns of the Rust row that it is read into, if it returns rows.
    pub columns: Option<fn() -> Vec<Column>>,
}

/// A field of a row and the database types that it can be read from.
pub struct Column {
    /// The field's name.
    pub name: &'static str,
    /// Whether a database type fits.
    pub fits: fn(&PgTypeInfo) -> bool,
}

/// A row of a statement.
pub trait Row {
    /// Its fields, in order.
    fn columns() -> Vec<Column>;
}

/// Names the statements of a store; `NAME: Row = "…"` says which row it returns.
///
/// Each becomes a constant, and all together `STATEMENTS`, which the store's test prepares as the service's
/// own role ([`check_statements`](crate::db::check_statements)).
#[macro_export]
macro_rules! statements {
    ($($(#[$doc:meta])* $name:ident $(: $row:ty)? = $sql:expr;)*) => {
        $($(#[$doc])* const $name: &str = $sql;)*

        /// Every statement of this store.
        pub const STATEMENTS: &[$crate::db::Statement] = &[
            $($crate::db::Statement {
                name: stringify!($name),
                sql: $name,
                columns: $crate::statements!(@columns $($row)?),
            },)*
        ];
    };
    (@columns $row:ty) => { Some(<$row as $crate::db::Row>::columns) };
    (@columns) => { None };
}

/// Declares the row of a statement; its fields are compared with the statement's columns in a test.
#[macro_export]
macro_rules! row {
    ($(#[$doc:meta])* $vis:vis struct $name:ident { $($(#[$field_doc:meta])* $field_vis:vis $field:ident: $kind:ty,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, sqlx::FromRow)]
        $vis struct $name { $($(#[$field_doc])* $field_vis $field: $kind,)* }

        impl $crate::db::Row for $name {
            fn columns() -> Vec<$crate::db::Column> {
                vec![$($crate::db::Column {
                    name: stringify!($field),
                    fits: |kind| <$kind as sqlx::Type<sqlx::Postgres>>::compatible(kind),
                },)*]
            }
        }
    };
}
