//! Workers: take a job, do it, note how it went.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use tokio_util::sync::CancellationToken;

use super::queue::{self, Job};
use crate::Result;
use crate::app::App;
use crate::db::System;

/// How often a worker looks without being woken.
const POLL: Duration = Duration::from_secs(1);

/// Jobs of one service that are done side by side; a slow mail server does not hold up all of them.
const JOBS_AT_ONCE: usize = 4;

/// How a job went.
#[derive(Debug)]
pub enum Outcome {
    /// It is done.
    Done,
    /// Try again later.
    Retry(String),
    /// What the job needs is away, for which the job is not to blame: try again after a pause, and do not
    /// count this try.
    Later(Duration, String),
    /// No try will help; people have to look.
    SetAside(String),
}

type Doing = Pin<Box<dyn Future<Output = Outcome> + Send>>;
type DoJob = Arc<dyn Fn(App, Job) -> Doing + Send + Sync>;
type Round = Pin<Box<dyn Future<Output = Result<bool>> + Send>>;
type DoRound = Arc<dyn Fn(App) -> Round + Send + Sync>;

/// Something a service does beside answering requests.
#[derive(Clone)]
pub struct Task {
    /// Its name, for the log.
    pub name: &'static str,
    work: Work,
}

#[derive(Clone)]
enum Work {
    /// Jobs of the service's queue.
    Jobs(DoJob),
    /// A round that answers whether there is more to do at once, and how long to rest otherwise.
    Rounds(DoRound, Duration),
    /// As rounds, but no commit wakes it.
    Every(DoRound, Duration),
}

impl Task {
    /// A task that does the jobs of the service's queue, several at once.
    pub fn jobs<F, Fut>(name: &'static str, job: F) -> Self
    where
        F: Fn(App, Job) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Outcome> + Send + 'static,
    {
        Self { name, work: Work::Jobs(Arc::new(move |app, taken| Box::pin(job(app, taken)))) }
    }

    /// A task that goes in rounds, at a wake-up and at least every `rest`.
    pub fn rounds<F, Fut>(name: &'static str, rest: Duration, round: F) -> Self
    where
        F: Fn(App) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<bool>> + Send + 'static,
    {
        Self { name, work: Work::Rounds(Arc::new(move |app| Box::pin(round(app))), rest) }
    }

    /// A task that goes in rounds every `rest`, whatever is committed meanwhile: for sweeps.
    pub fn every<F, Fut>(name: &'static str, rest: Duration, round: F) -> Self
    where
        F: Fn(App) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<bool>> + Send + 'static,
    {
        Self { name, work: Work::Every(Arc::new(move |app| Box::pin(round(app))), rest) }
    }
}

/// Runs the tasks of one service of one city.
pub struct Worker {
    app: App,
    tasks: Vec<Task>,
}

impl Worker {
    /// A worker for a service's tasks.
    pub fn new(app: App, tasks: Vec<Task>) -> Self {
        Self { app, tasks }
    }

    /// Works until `stop`; a job that was begun is ended.
    pub async fn run(self, stop: CancellationToken) {
        let mut running = Vec::new();
        for task in self.tasks {
            let hands = if matches!(task.work, Work::Jobs(_)) { JOBS_AT_ONCE } else { 1 };
            for _ in 0..hands {
                running.push(tokio::spawn(run(self.app.clone(), task.clone(), stop.clone())));
            }
        }
        for task in running {
            if let Err(error) = task.await {
                tracing::error!(%error, "a task ended by a panic");
            }
        }
    }

    /// Does everything that is due now, once; for tests and for the drain before a backup.
    pub async fn run_once(&self) -> Result<()> {
        for task in &self.tasks {
            while once(&self.app, task).await? {}
        }
        Ok(())
    }
}

async fn run(app: App, task: Task, stop: CancellationToken) {
    let mut woken = app.wake.subscribe();
    let rest = match &task.work {
        Work::Jobs(_) => POLL,
        Work::Rounds(_, rest) | Work::Every(_, rest) => *rest,
    };
    let is_woken = !matches!(task.work, Work::Every(..));
    while !stop.is_cancelled() {
        woken.mark_unchanged();
        match once(&app, &task).await {
            Ok(true) => continue,
            Ok(false) => {}
            Err(error) => tracing::warn!(task = task.name, city = app.city.name(), %error, "a round failed"),
        }
        tokio::select! {
            () = stop.cancelled() => {}
            () = tokio::time::sleep(rest) => {}
            _ = woken.changed(), if is_woken => {}
        }
    }
}

/// One job or one round; answers whether there may be more.
async fn once(app: &App, task: &Task) -> Result<bool> {
    match &task.work {
        Work::Rounds(round, _) | Work::Every(round, _) => round(app.clone()).await,
        Work::Jobs(do_job) => {
            let mut tx = app.db.begin(&System).await?;
            let job = queue::take(&mut tx, app.service, app.clock.now()).await?;
            tx.commit().await?;
            let Some(job) = job else { return Ok(false) };
            // In a task of its own, so that a job that panics is retried and the others go on.
            let doing = tokio::spawn(do_job(app.clone(), job.clone())).await;
            let outcome = doing.unwrap_or_else(|_| Outcome::Retry("the job panicked".to_owned()));
            note(app, &job, outcome).await?;
            Ok(true)
        }
    }
}

async fn note(app: &App, job: &Job, outcome: Outcome) -> Result<()> {
    let now = app.clock.now();
    let mut tx = app.db.begin(&System).await?;
    match outcome {
        Outcome::Done => queue::done(&mut tx, job, now).await?,
        Outcome::Retry(why) => {
            tracing::info!(
                job.id = job.job_id,
                job.kind,
                attempts = job.attempts,
                why,
                "a job is tried again"
            );
            queue::failed(&mut tx, job, now, &why, false).await?;
        }
        Outcome::Later(pause, why) => {
            tracing::info!(job.id = job.job_id, job.kind, why, "a job waits");
            queue::postpone(&mut tx, job, now + pause, &why).await?;
        }
        Outcome::SetAside(why) => {
            tracing::warn!(job.id = job.job_id, job.kind, why, "a job was set aside");
            queue::failed(&mut tx, job, now, &why, true).await?;
        }
    }
    tx.commit().await
}
