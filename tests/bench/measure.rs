//! The run: each case under load, then its statements and its bytes alone.

use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result};
use http::StatusCode;

use crate::Options;
use crate::bare::Bare;
use crate::case::{self, Case, Ground};
use crate::city::City;
use crate::draw::Draw;
use crate::load::{self, Answer, Connection, Load, Span};
use crate::process::{Memory, family_time, memory, processor_time};
use crate::server::Server;
use crate::statistics::milliseconds;
use crate::table::Row;
use crate::{aim, calls, machine, pgbench, table};

/// Requests of a case whose statements are counted.
const COUNTED: i64 = 40;
/// Requests before that, until nothing is asked for the first time.
const UNCOUNTED: i64 = 60;

/// A case under load.
struct Loaded {
    connections: usize,
    load: Load,
    program: Duration,
    database: Duration,
    memory: Memory,
}

/// Measures and prints.
pub async fn everything(options: &Options) -> Result<()> {
    let busy = machine::load();
    let state = std::path::absolute(&options.state)?;
    let mut city = City::open(&state, &options.pack, options.requests()).await?;
    let ground = Arc::new(Ground::survey(&options.pack, &mut city.superuser).await?);
    let wanted = |case: &Case| options.only.as_ref().is_none_or(|only| case.name.contains(only.as_str()));
    let cases: Vec<Case> =
        case::all(&ground, &mut city.superuser).await?.into_iter().filter(wanted).collect();

    let answers = statements_are_the_same(&mut city, &cases).await?;
    // What only reads meets its limits before anything is written: new requests make a box another one.
    let (reads, writes): (Vec<_>, Vec<_>) =
        cases.iter().zip(&answers).partition(|(case, _)| case.status != StatusCode::CREATED);
    let (mut rows, mut peak) = (Vec::new(), Memory::default());
    for part in [reads, writes].into_iter().filter(|part| !part.is_empty()) {
        let cases: Vec<&Case> = part.iter().map(|(case, _)| *case).collect();
        let (loaded, memory) = under_load(&mut city, &cases, options).await?;
        peak.peak = peak.peak.max(memory.peak);
        for ((case, answer), loaded) in part.into_iter().zip(loaded) {
            for loaded in loaded {
                rows.push(beside_limits(&mut city, case, answer, loaded, options.span(), rows.len()).await?);
            }
        }
    }
    head(options, busy, &mut city).await;
    println!("{}", table::table(&rows));
    for verdict in aim::verdicts(&rows, peak) {
        println!("{verdict}");
    }
    city.cluster.stop()?;
    Ok(())
}

/// Proves that the scripts run what the handlers run; answers with an answer of each case.
async fn statements_are_the_same(city: &mut City, cases: &[Case]) -> Result<Vec<Answer>> {
    city.count(true).await?;
    let server = Server::start(&city.config, false).await?;
    let mut answers = Vec::new();
    for case in cases {
        let mut connection = Connection::open(server.address).await?;
        let mut draw = Draw::new(1000);
        for _ in 0..UNCOUNTED {
            connection.send((case.make)(&mut draw)).await?;
        }
        calls::reset(&mut city.superuser).await?;
        let mut last = None;
        for _ in 0..COUNTED {
            last = Some(connection.send((case.make)(&mut draw)).await?);
        }
        let counted = calls::counted(&mut city.superuser).await?;
        let statements = &case.scripts.first().context("a case without a script")?.statements;
        calls::compare(statements, COUNTED, &counted).with_context(|| case.name)?;
        println!("{}: {} statements per request, the same as in the script", case.name, statements.len());
        answers.push(last.context("no answer")?);
    }
    city.count(false).await?;
    Ok(answers)
}

/// Each case at each number of connections, and the most memory that the program took.
async fn under_load(
    city: &mut City,
    cases: &[&Case],
    options: &Options,
) -> Result<(Vec<Vec<Loaded>>, Memory)> {
    let server = Server::start(&city.config, true).await?;
    let mut all = Vec::new();
    for case in cases {
        let mut of_case = Vec::new();
        for connections in options.connections() {
            city.settle().await?;
            of_case.push(load_one(city, &server, case, *connections, options.span()).await?);
        }
        all.push(of_case);
    }
    Ok((all, memory(server.pid())))
}

async fn load_one(
    city: &City,
    server: &Server,
    case: &Case,
    connections: usize,
    span: Span,
) -> Result<Loaded> {
    let (mut program, mut database) = (Vec::new(), Vec::new());
    let look = || {
        program.push(processor_time(server.pid()));
        database.push(family_time(city.postmaster));
    };
    let load = load::run(server.address, connections, span, &case.make, case.status, look)
        .await
        .with_context(|| case.name)?;
    let each = |times: &[Duration]| match times {
        [before, after] => after.saturating_sub(*before).div_f64(load.latencies.number().max(1) as f64),
        _ => Duration::ZERO,
    };
    let (program, database) = (each(&program), each(&database));
    let rate = load.rate();
    let (median, p99) = (milliseconds(load.latencies.median()), milliseconds(load.latencies.p99()));
    println!("{} at {connections}: {rate:.0}/s, median {median:.2} ms, p99 {p99:.2} ms", case.name);
    Ok(Loaded { connections, program, database, memory: memory(server.pid()), load })
}

/// The same transaction through pgbench, and the same bytes from a server that does nothing.
async fn beside_limits(
    city: &mut City,
    case: &Case,
    answer: &Answer,
    loaded: Loaded,
    span: Span,
    number: usize,
) -> Result<Row> {
    city.settle().await?;
    let (connections, url) = (loaded.connections, city.url(case.service));
    let run = pgbench::Run {
        cluster: &city.cluster,
        url: &url,
        postmaster: city.postmaster,
        connections,
        span: span.measured,
        planned_anew: case.planned_anew,
    };
    let limit = run.run(&case.scripts, number + 1).with_context(|| case.name)?;
    let bare = Bare::start(answer).await?;
    let short = Span { warm_up: span.warm_up / 2, measured: span.measured / 2 };
    let ceiling = load::run(bare.address, connections, short, &case.make, answer.status, || {}).await?;
    Ok(Row {
        case: case.name,
        connections,
        rate: loaded.load.rate(),
        latencies: loaded.load.latencies,
        program: loaded.program,
        database: loaded.database,
        memory: loaded.memory,
        limit,
        bare: ceiling.rate(),
        bytes: answer.body.len(),
    })
}

async fn head(options: &Options, busy: f64, city: &mut City) {
    let version = city.version().await.unwrap_or_default();
    let look =
        if options.quick { " A short look: fewer requests and seconds than `make bench`." } else { "" };
    println!(
        "\n{}: {} requests, {} s per case, {}, PostgreSQL {version}, load before the run {busy:.1}.{look}\n",
        machine::day(),
        options.requests(),
        options.span().measured.as_secs(),
        machine::machine(),
    );
}
