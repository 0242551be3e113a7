-- How far notify has read, who wants no mail, what was sent; the gateway's staff sessions.

CREATE TABLE notify.reader (
    name text   NOT NULL,
    xid  bigint NOT NULL,
    seq  bigint NOT NULL,
    CONSTRAINT reader_key PRIMARY KEY (name)
);
GRANT SELECT, INSERT, UPDATE ON notify.reader TO gladbeck_notify;
COMMENT ON COLUMN notify.reader.name IS 'none; the reader; for ever';
COMMENT ON COLUMN notify.reader.xid IS 'none; up to which transaction it has read; for ever';
COMMENT ON COLUMN notify.reader.seq IS 'none; up to which event it has read; for ever';

CREATE TABLE notify.mute (
    service_request_id uuid        NOT NULL,
    muted_at           timestamptz NOT NULL,
    CONSTRAINT mute_key PRIMARY KEY (service_request_id)
);
GRANT SELECT, INSERT ON notify.mute TO gladbeck_notify;
COMMENT ON COLUMN notify.mute.service_request_id IS 'none; about this request no more mail is sent; with its request';
COMMENT ON COLUMN notify.mute.muted_at IS 'none; since when; with its request';

CREATE TABLE notify.mail (
    message_id         text        NOT NULL,
    service_request_id uuid        NOT NULL,
    kind               text        NOT NULL,
    begun_at           timestamptz NOT NULL,
    sent_at            timestamptz,
    CONSTRAINT mail_key PRIMARY KEY (message_id)
);
CREATE INDEX mail_of_request ON notify.mail (service_request_id);
GRANT SELECT, INSERT, UPDATE ON notify.mail TO gladbeck_notify;
COMMENT ON COLUMN notify.mail.message_id IS 'none; names the mail to every mail server, so that a repeat is recognised; with its request';
COMMENT ON COLUMN notify.mail.service_request_id IS 'none; what the mail was about; with its request';
COMMENT ON COLUMN notify.mail.kind IS 'none; what the mail told; with its request';
COMMENT ON COLUMN notify.mail.begun_at IS 'none; when its sending began; with its request';
COMMENT ON COLUMN notify.mail.sent_at IS 'none; when the mail server took it; with its request';

CREATE TABLE gateway.session (
    cookie_hash bytea       NOT NULL,
    csrf_hash   bytea       NOT NULL,
    sealed      text        NOT NULL,
    opened_at   timestamptz NOT NULL,
    ends_at     timestamptz NOT NULL,
    CONSTRAINT gateway_session_key PRIMARY KEY (cookie_hash)
);
ALTER TABLE gateway.session ENABLE ROW LEVEL SECURITY;
ALTER TABLE gateway.session FORCE ROW LEVEL SECURITY;
CREATE POLICY session_in_exchange ON gateway.session
    USING (current_setting('app.kind', true) IN ('exchange', 'system'));
GRANT SELECT, INSERT, DELETE ON gateway.session TO gladbeck_gateway;
COMMENT ON COLUMN gateway.session.cookie_hash IS 'secret; recognises the browser; until the session ends';
COMMENT ON COLUMN gateway.session.csrf_hash IS 'secret; proves that a write comes from our own page; until the session ends';
COMMENT ON COLUMN gateway.session.sealed IS 'secret; the session''s secret at accounts, sealed; until the session ends';
COMMENT ON COLUMN gateway.session.opened_at IS 'staff; when the browser signed in, never for figures about staff; until the session ends';
COMMENT ON COLUMN gateway.session.ends_at IS 'staff; the absolute limit; until the session ends';
