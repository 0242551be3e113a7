-- The floor: schemas, repeatable writes, events and their seals, jobs.
--
-- Every column carries a comment of three parts: data class; purpose; retention. The classes:
-- none (technical), public, staff, pseudonymous, personal, confidential, secret (hashed or sealed).

CREATE SCHEMA kit;
CREATE SCHEMA event;
CREATE SCHEMA audit;
CREATE SCHEMA job;
CREATE SCHEMA published;
CREATE SCHEMA accounts;
CREATE SCHEMA reports;
CREATE SCHEMA notify;
CREATE SCHEMA gateway;

GRANT USAGE ON SCHEMA kit, event TO gladbeck_accounts, gladbeck_reports, gladbeck_notify, gladbeck_gateway, gladbeck_audit;
GRANT USAGE ON SCHEMA job TO gladbeck_accounts, gladbeck_reports, gladbeck_notify, gladbeck_gateway;
GRANT USAGE ON SCHEMA published TO gladbeck_accounts, gladbeck_reports, gladbeck_notify, gladbeck_gateway;
GRANT USAGE ON SCHEMA audit TO gladbeck_audit;
GRANT USAGE ON SCHEMA accounts TO gladbeck_accounts;
GRANT USAGE ON SCHEMA reports TO gladbeck_reports;
GRANT USAGE ON SCHEMA notify TO gladbeck_notify;
GRANT USAGE ON SCHEMA gateway TO gladbeck_gateway;

-- A service refuses to start on a schema that it does not know.
GRANT SELECT ON public._sqlx_migrations
   TO gladbeck_accounts, gladbeck_reports, gladbeck_notify, gladbeck_gateway, gladbeck_audit;

-- Answers of writes, so that each can be repeated. One table for all services: a policy keeps them apart.
CREATE TABLE kit.idempotency (
    owner       name        NOT NULL DEFAULT current_user,
    scope       text        NOT NULL,
    key_hash    bytea       NOT NULL,
    fingerprint bytea       NOT NULL,
    answer      jsonb,
    kept_at     timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT idempotency_key PRIMARY KEY (owner, scope, key_hash)
);
CREATE INDEX idempotency_kept_at ON kit.idempotency (kept_at);
ALTER TABLE kit.idempotency ENABLE ROW LEVEL SECURITY;
ALTER TABLE kit.idempotency FORCE ROW LEVEL SECURITY;
CREATE POLICY idempotency_own ON kit.idempotency USING (owner = current_user);
GRANT SELECT, INSERT, UPDATE, DELETE ON kit.idempotency
   TO gladbeck_accounts, gladbeck_reports, gladbeck_notify, gladbeck_gateway;
COMMENT ON COLUMN kit.idempotency.owner IS 'none; the role whose write it was; 30 days';
COMMENT ON COLUMN kit.idempotency.scope IS 'pseudonymous; the caller, so that a key means nothing to another; 30 days';
COMMENT ON COLUMN kit.idempotency.key_hash IS 'secret; finds the answer of a repeated write; 30 days';
COMMENT ON COLUMN kit.idempotency.fingerprint IS 'none; tells a repeated body from another one; 30 days';
COMMENT ON COLUMN kit.idempotency.answer IS 'none; the answer without its secrets; 30 days';
COMMENT ON COLUMN kit.idempotency.kept_at IS 'none; start of the retention; 30 days';

-- What happened. Rows are added and never changed, except by event.redact.
CREATE TABLE event.event (
    seq          bigint      GENERATED ALWAYS AS IDENTITY,
    xid          xid8        NOT NULL DEFAULT pg_current_xact_id(),
    recorded_at  timestamptz NOT NULL,
    kind         text        NOT NULL,
    subject_kind text        NOT NULL,
    subject_id   uuid        NOT NULL,
    thread_id    uuid        NOT NULL,
    visibility   text        NOT NULL CONSTRAINT event_visibility_known CHECK (visibility IN ('public', 'reporter', 'staff')),
    actor_kind   text        NOT NULL,
    actor        text,
    role         text,
    department   text,
    -- The very text that was hashed: jsonb would rewrite it.
    payload      text,
    salt         bytea,
    payload_hash bytea       NOT NULL,
    CONSTRAINT event_key PRIMARY KEY (seq)
);
-- Readers go by transaction, then number: see kit::event::read.
CREATE INDEX event_in_order ON event.event (xid, seq);
CREATE INDEX event_of_subject ON event.event (subject_id, seq);
GRANT INSERT ON event.event TO gladbeck_accounts, gladbeck_reports, gladbeck_notify, gladbeck_gateway;
GRANT SELECT ON event.event TO gladbeck_reports, gladbeck_notify, gladbeck_audit;
COMMENT ON COLUMN event.event.seq IS 'none; the number of the event; with the file it belongs to';
COMMENT ON COLUMN event.event.xid IS 'none; the order in which readers see events; with the file it belongs to';
COMMENT ON COLUMN event.event.recorded_at IS 'none; when it happened; with the file it belongs to';
COMMENT ON COLUMN event.event.kind IS 'none; what happened; with the file it belongs to';
COMMENT ON COLUMN event.event.subject_kind IS 'none; to what kind of thing; with the file it belongs to';
COMMENT ON COLUMN event.event.subject_id IS 'none; to which thing; with the file it belongs to';
COMMENT ON COLUMN event.event.thread_id IS 'none; the story it belongs to; with the file it belongs to';
COMMENT ON COLUMN event.event.visibility IS 'none; who may read of it; with the file it belongs to';
COMMENT ON COLUMN event.event.actor_kind IS 'none; how the actor signed in; with the file it belongs to';
COMMENT ON COLUMN event.event.actor IS 'pseudonymous; who did it, for audit only, never for figures about staff; with the file it belongs to';
COMMENT ON COLUMN event.event.role IS 'staff; in which role; with the file it belongs to';
COMMENT ON COLUMN event.event.department IS 'staff; for which department; with the file it belongs to';
COMMENT ON COLUMN event.event.payload IS 'confidential; before and after, reason, words to the resident, no contact data; until redacted';
COMMENT ON COLUMN event.event.salt IS 'secret; makes the hash of a redacted payload useless for guessing; until redacted';
COMMENT ON COLUMN event.event.payload_hash IS 'none; proves the payload to the chain; with the file it belongs to';

-- What the chain covers of an event, as one line whose form depends on no setting.
CREATE FUNCTION event.metadata(e event.event) RETURNS text
    LANGUAGE sql STABLE
    RETURN jsonb_build_array(e.seq, e.xid::text, (extract(epoch FROM e.recorded_at) * 1000000)::bigint, e.kind,
                             e.subject_kind, e.subject_id, e.thread_id, e.visibility, e.actor_kind, e.actor,
                             e.role, e.department)::text;

CREATE TABLE event.redaction (
    seq         bigint      NOT NULL CONSTRAINT redaction_of_event REFERENCES event.event (seq),
    redacted_at timestamptz NOT NULL DEFAULT now(),
    reason      text        NOT NULL CONSTRAINT redaction_has_reason CHECK (length(reason) >= 3),
    CONSTRAINT redaction_key PRIMARY KEY (seq)
);
GRANT SELECT ON event.redaction TO gladbeck_audit, gladbeck_reports;
COMMENT ON COLUMN event.redaction.seq IS 'none; the event whose payload was deleted; with the event';
COMMENT ON COLUMN event.redaction.redacted_at IS 'none; when; with the event';
COMMENT ON COLUMN event.redaction.reason IS 'staff; why; with the event';

-- Deletes an event's payload and salt and leaves a tombstone; the chain still holds.
CREATE FUNCTION event.redact(event_seq bigint, why text) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog
AS $$
BEGIN
    UPDATE event.event SET payload = NULL, salt = NULL WHERE seq = event_seq AND payload IS NOT NULL;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    INSERT INTO event.redaction (seq, reason) VALUES (event_seq, why);
    RETURN true;
END
$$;
REVOKE EXECUTE ON FUNCTION event.redact FROM PUBLIC;
GRANT EXECUTE ON FUNCTION event.redact TO gladbeck_audit;

CREATE TABLE audit.seal (
    position  bigint NOT NULL CONSTRAINT seal_position_counts CHECK (position > 0),
    event_seq bigint NOT NULL,
    event_xid xid8   NOT NULL,
    hash      bytea  NOT NULL,
    CONSTRAINT seal_key PRIMARY KEY (position),
    CONSTRAINT seal_once UNIQUE (event_seq)
);
GRANT SELECT, INSERT ON audit.seal TO gladbeck_audit;
COMMENT ON COLUMN audit.seal.position IS 'none; the place in the chain; as long as the chain';
COMMENT ON COLUMN audit.seal.event_seq IS 'none; the event that the link covers; as long as the chain';
COMMENT ON COLUMN audit.seal.event_xid IS 'none; the order of the chain; as long as the chain';
COMMENT ON COLUMN audit.seal.hash IS 'none; covers the link before and the event; as long as the chain';

CREATE TABLE job.job (
    job_id       bigint      GENERATED ALWAYS AS IDENTITY,
    service      text        NOT NULL,
    kind         text        NOT NULL,
    name         text        NOT NULL,
    payload      jsonb       NOT NULL,
    run_at       timestamptz NOT NULL,
    attempts     integer     NOT NULL DEFAULT 0,
    leased_until timestamptz,
    last_error   text,
    done_at      timestamptz,
    set_aside_at timestamptz,
    CONSTRAINT job_key PRIMARY KEY (job_id),
    CONSTRAINT job_once UNIQUE (service, name)
);
CREATE INDEX job_due ON job.job (service, run_at, job_id) WHERE done_at IS NULL AND set_aside_at IS NULL;
ALTER TABLE job.job ENABLE ROW LEVEL SECURITY;
ALTER TABLE job.job FORCE ROW LEVEL SECURITY;
CREATE POLICY job_own ON job.job USING (pg_has_role(current_user, 'gladbeck_' || service, 'MEMBER'));
GRANT SELECT, INSERT, UPDATE, DELETE ON job.job
   TO gladbeck_accounts, gladbeck_reports, gladbeck_notify, gladbeck_gateway;
COMMENT ON COLUMN job.job.job_id IS 'none; the number of the job; 30 days after its end';
COMMENT ON COLUMN job.job.service IS 'none; whose job it is; 30 days after its end';
COMMENT ON COLUMN job.job.kind IS 'none; what is to be done; 30 days after its end';
COMMENT ON COLUMN job.job.name IS 'none; makes the job unique; 30 days after its end';
COMMENT ON COLUMN job.job.payload IS 'none; with what, no contact data; 30 days after its end';
COMMENT ON COLUMN job.job.run_at IS 'none; when it is due; 30 days after its end';
COMMENT ON COLUMN job.job.attempts IS 'none; how often it was tried; 30 days after its end';
COMMENT ON COLUMN job.job.leased_until IS 'none; until when a worker holds it; 30 days after its end';
COMMENT ON COLUMN job.job.last_error IS 'none; why the last try failed, no contact data; 30 days after its end';
COMMENT ON COLUMN job.job.done_at IS 'none; when it ended; 30 days after its end';
COMMENT ON COLUMN job.job.set_aside_at IS 'none; since when it waits for people; until people have looked';
