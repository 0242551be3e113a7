-- Devices of residents, staff and their sessions.
--
-- accounts opens these tables only while it exchanges a secret or works by itself.

CREATE TABLE accounts.device (
    device_id    uuid  NOT NULL,
    secret_hash  bytea NOT NULL,
    registered_on date NOT NULL,
    last_used_on  date NOT NULL,
    CONSTRAINT device_key PRIMARY KEY (device_id)
);
ALTER TABLE accounts.device ENABLE ROW LEVEL SECURITY;
ALTER TABLE accounts.device FORCE ROW LEVEL SECURITY;
CREATE POLICY device_in_exchange ON accounts.device
    USING (current_setting('app.kind', true) IN ('exchange', 'system'));
GRANT SELECT, INSERT, UPDATE, DELETE ON accounts.device TO gladbeck_accounts;
COMMENT ON COLUMN accounts.device.device_id IS 'pseudonymous; a device, not a person; 90 days after last use';
COMMENT ON COLUMN accounts.device.secret_hash IS 'secret; recognises the device; 90 days after last use';
COMMENT ON COLUMN accounts.device.registered_on IS 'none; the day it was made known; 90 days after last use';
COMMENT ON COLUMN accounts.device.last_used_on IS 'none; start of the retention, to the day; 90 days after last use';

CREATE TABLE accounts.staff (
    staff_id     uuid   NOT NULL,
    name         text   NOT NULL,
    department   text   NOT NULL,
    roles        text[] NOT NULL,
    confidential text[] NOT NULL DEFAULT '{}',
    active       boolean NOT NULL DEFAULT true,
    CONSTRAINT staff_key PRIMARY KEY (staff_id)
);
ALTER TABLE accounts.staff ENABLE ROW LEVEL SECURITY;
ALTER TABLE accounts.staff FORCE ROW LEVEL SECURITY;
CREATE POLICY staff_in_exchange ON accounts.staff
    USING (current_setting('app.kind', true) IN ('exchange', 'system'));
GRANT SELECT, INSERT, UPDATE, DELETE ON accounts.staff TO gladbeck_accounts;
COMMENT ON COLUMN accounts.staff.staff_id IS 'staff; a member of staff; until they leave';
COMMENT ON COLUMN accounts.staff.name IS 'staff; shown to colleagues, never to residents; until they leave';
COMMENT ON COLUMN accounts.staff.department IS 'staff; what they may see; until they leave';
COMMENT ON COLUMN accounts.staff.roles IS 'staff; what they may do; until they leave';
COMMENT ON COLUMN accounts.staff.confidential IS 'staff; confidential groups that were granted by name; until they leave';
COMMENT ON COLUMN accounts.staff.active IS 'staff; whether they may sign in; until they leave';

CREATE TABLE accounts.session (
    session_id   uuid        NOT NULL,
    secret_hash  bytea       NOT NULL CONSTRAINT session_secret_once UNIQUE,
    staff_id     uuid        NOT NULL CONSTRAINT session_of_staff REFERENCES accounts.staff (staff_id),
    started_at   timestamptz NOT NULL,
    last_used_at timestamptz NOT NULL,
    ends_at      timestamptz NOT NULL,
    ended_at     timestamptz,
    CONSTRAINT session_key PRIMARY KEY (session_id)
);
ALTER TABLE accounts.session ENABLE ROW LEVEL SECURITY;
ALTER TABLE accounts.session FORCE ROW LEVEL SECURITY;
CREATE POLICY session_in_exchange ON accounts.session
    USING (current_setting('app.kind', true) IN ('exchange', 'system'));
GRANT SELECT, INSERT, UPDATE, DELETE ON accounts.session TO gladbeck_accounts;
COMMENT ON COLUMN accounts.session.session_id IS 'staff; a staff session; 7 days after its end';
COMMENT ON COLUMN accounts.session.secret_hash IS 'secret; recognises the session; 7 days after its end';
COMMENT ON COLUMN accounts.session.staff_id IS 'staff; whose session it is; 7 days after its end';
COMMENT ON COLUMN accounts.session.started_at IS 'staff; start of the absolute limit, never for figures about staff; 7 days after its end';
COMMENT ON COLUMN accounts.session.last_used_at IS 'staff; start of the idle limit, never for figures about staff; 7 days after its end';
COMMENT ON COLUMN accounts.session.ends_at IS 'staff; the absolute limit; 7 days after its end';
COMMENT ON COLUMN accounts.session.ended_at IS 'staff; when it was ended; 7 days after its end';
