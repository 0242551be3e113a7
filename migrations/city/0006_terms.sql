-- Services on terms of their own: a witness is kept with name and address, and a hint ends by itself.

ALTER TABLE reports.contact
    DROP CONSTRAINT contact_purpose_known,
    ADD CONSTRAINT contact_purpose_known CHECK (purpose IN ('answer', 'witness')),
    ADD COLUMN answerable boolean NOT NULL DEFAULT true;
COMMENT ON COLUMN reports.contact.sealed IS 'personal; the mail address, and for a witness name and postal address, sealed with a key outside the database; until delete_after';
COMMENT ON COLUMN reports.contact.answerable IS 'none; whether there is a mail address in it; until delete_after';

-- Finds what has waited too long, per service that sets a time.
CREATE INDEX request_waiting ON reports.request (service_code, requested_datetime)
    WHERE status IN ('received', 'in_review');
