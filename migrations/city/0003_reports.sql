-- Service requests: behind the wall everything, in front of it (published) what all may see.

CREATE TABLE reports.request (
    service_request_id   uuid        NOT NULL,
    reference            text        NOT NULL CONSTRAINT request_reference_once UNIQUE,
    secret_hash          bytea       NOT NULL,
    service_code         text        NOT NULL,
    service_group        text        NOT NULL,
    department           text        NOT NULL,
    confidential         boolean     NOT NULL,
    status               text        NOT NULL CONSTRAINT request_status_known CHECK (status IN
                         ('received', 'in_review', 'in_progress', 'done', 'not_possible', 'handed_over', 'withdrawn')),
    status_notes         text,
    agency_responsible   text,
    location             geometry(Point, 25832),
    longitude            double precision,
    latitude             double precision,
    address_string       text,
    description          text,
    description_released boolean     NOT NULL DEFAULT false,
    attributes           jsonb       NOT NULL DEFAULT '{}',
    captured_at          timestamptz,
    requested_datetime   timestamptz NOT NULL,
    updated_datetime     timestamptz NOT NULL,
    closed_at            timestamptz,
    claimed_by           text,
    claimed_by_name      text,
    filed_by             text,
    version              bigint      NOT NULL DEFAULT 1,
    search               tsvector    GENERATED ALWAYS AS (to_tsvector('german',
                             reference || ' ' || coalesce(address_string, '') || ' ' || coalesce(description, ''))) STORED,
    CONSTRAINT request_key PRIMARY KEY (service_request_id),
    CONSTRAINT request_has_place CHECK (location IS NOT NULL OR length(address_string) > 0),
    CONSTRAINT request_position_whole CHECK ((location IS NULL) = (longitude IS NULL) AND (location IS NULL) = (latitude IS NULL)),
    CONSTRAINT request_handed_to_someone CHECK (status <> 'handed_over' OR length(agency_responsible) > 0),
    CONSTRAINT request_closed_with_time CHECK ((closed_at IS NOT NULL) = (status IN ('done', 'not_possible', 'handed_over', 'withdrawn')))
);
CREATE INDEX request_newest ON reports.request (requested_datetime DESC, service_request_id DESC);
CREATE INDEX request_open ON reports.request (requested_datetime DESC, service_request_id DESC) WHERE closed_at IS NULL;
CREATE INDEX request_location ON reports.request USING gist (location);
CREATE INDEX request_search ON reports.request USING gin (search);
ALTER TABLE reports.request ENABLE ROW LEVEL SECURITY;
ALTER TABLE reports.request FORCE ROW LEVEL SECURITY;
-- Sub-selects, so that each setting is read once per statement and not once per row.
CREATE POLICY request_seen ON reports.request USING (
    service_request_id = (SELECT nullif(current_setting('app.request', true), '')::uuid)
    OR (SELECT current_setting('app.kind', true) = 'system')
    OR ((SELECT current_setting('app.kind', true) = 'staff')
        AND ((SELECT current_setting('app.departments', true) = '*')
             OR department = ANY ((SELECT string_to_array(current_setting('app.departments', true), ','))::text[]))
        AND (NOT confidential
             OR service_group = ANY ((SELECT string_to_array(current_setting('app.confidential', true), ','))::text[])))
);
GRANT SELECT, INSERT, UPDATE ON reports.request TO gladbeck_reports;
COMMENT ON COLUMN reports.request.service_request_id IS 'public; names the request for programs; 2 years after its end';
COMMENT ON COLUMN reports.request.reference IS 'public; names the request for people; 2 years after its end';
COMMENT ON COLUMN reports.request.secret_hash IS 'secret; opens the reporter''s view; 2 years after its end';
COMMENT ON COLUMN reports.request.service_code IS 'public; the kind of request; 2 years after its end';
COMMENT ON COLUMN reports.request.service_group IS 'public; the group of the kind, for rights; 2 years after its end';
COMMENT ON COLUMN reports.request.department IS 'staff; who is in charge; 2 years after its end';
COMMENT ON COLUMN reports.request.confidential IS 'confidential; whether nobody outside learns of it; 2 years after its end';
COMMENT ON COLUMN reports.request.status IS 'public; where it stands; 2 years after its end';
COMMENT ON COLUMN reports.request.status_notes IS 'public; what the city last said; 2 years after its end';
COMMENT ON COLUMN reports.request.agency_responsible IS 'public; the body it was handed to; 2 years after its end';
COMMENT ON COLUMN reports.request.location IS 'public; the place in metres (EPSG:25832); 2 years after its end';
COMMENT ON COLUMN reports.request.longitude IS 'public; the place as sent, degrees east (EPSG:4326); 2 years after its end';
COMMENT ON COLUMN reports.request.latitude IS 'public; the place as sent, degrees north (EPSG:4326); 2 years after its end';
COMMENT ON COLUMN reports.request.address_string IS 'personal; the place in the resident''s words; 2 years after its end';
COMMENT ON COLUMN reports.request.description IS 'personal; what is the matter, in the resident''s words; 2 years after its end';
COMMENT ON COLUMN reports.request.description_released IS 'none; whether a person released the words; 2 years after its end';
COMMENT ON COLUMN reports.request.attributes IS 'personal; answers to the service''s questions; 2 years after its end';
COMMENT ON COLUMN reports.request.captured_at IS 'personal; when it was seen, as the device says; 2 years after its end';
COMMENT ON COLUMN reports.request.requested_datetime IS 'public; when it arrived; 2 years after its end';
COMMENT ON COLUMN reports.request.updated_datetime IS 'public; when it last changed; 2 years after its end';
COMMENT ON COLUMN reports.request.closed_at IS 'public; when it ended, start of the retention; 2 years after its end';
COMMENT ON COLUMN reports.request.claimed_by IS 'pseudonymous; who works on it; until its end';
COMMENT ON COLUMN reports.request.claimed_by_name IS 'staff; who works on it, for colleagues; until its end';
COMMENT ON COLUMN reports.request.filed_by IS 'pseudonymous; the device that filed it, if any; 2 years after its end';
COMMENT ON COLUMN reports.request.version IS 'none; goes up with each change; 2 years after its end';
COMMENT ON COLUMN reports.request.search IS 'personal; finds a request by its words; 2 years after its end';

CREATE TABLE reports.contact (
    service_request_id uuid NOT NULL CONSTRAINT contact_of_request REFERENCES reports.request (service_request_id),
    sealed             text NOT NULL,
    purpose            text NOT NULL CONSTRAINT contact_purpose_known CHECK (purpose IN ('answer')),
    delete_after       date,
    CONSTRAINT contact_key PRIMARY KEY (service_request_id)
);
ALTER TABLE reports.contact ENABLE ROW LEVEL SECURITY;
ALTER TABLE reports.contact FORCE ROW LEVEL SECURITY;
-- Whoever sees the request sees that there is a contact; the address itself opens only with the service's key.
CREATE POLICY contact_with_request ON reports.contact
    USING (EXISTS (SELECT FROM reports.request WHERE request.service_request_id = contact.service_request_id));
GRANT SELECT, INSERT, UPDATE, DELETE ON reports.contact TO gladbeck_reports;
COMMENT ON COLUMN reports.contact.service_request_id IS 'personal; whose answer goes there; until delete_after';
COMMENT ON COLUMN reports.contact.sealed IS 'personal; the mail address, sealed with a key outside the database; until delete_after';
COMMENT ON COLUMN reports.contact.purpose IS 'personal; the only use that was allowed; until delete_after';
COMMENT ON COLUMN reports.contact.delete_after IS 'none; set when the request ends; until delete_after';

CREATE TABLE reports.photo (
    photo_id           uuid        NOT NULL,
    service_request_id uuid        CONSTRAINT photo_of_request REFERENCES reports.request (service_request_id),
    digest             bytea       NOT NULL,
    width              integer     NOT NULL,
    height             integer     NOT NULL,
    place_longitude    double precision,
    place_latitude     double precision,
    released           boolean     NOT NULL DEFAULT false,
    uploaded_at        timestamptz NOT NULL,
    CONSTRAINT photo_key PRIMARY KEY (photo_id)
);
CREATE INDEX photo_of_request ON reports.photo (service_request_id);
CREATE INDEX photo_unnamed ON reports.photo (uploaded_at) WHERE service_request_id IS NULL;
ALTER TABLE reports.photo ENABLE ROW LEVEL SECURITY;
ALTER TABLE reports.photo FORCE ROW LEVEL SECURITY;
-- An upload that no request names yet belongs to whoever knows its id.
CREATE POLICY photo_with_request ON reports.photo
    USING (service_request_id IS NULL
           OR EXISTS (SELECT FROM reports.request WHERE request.service_request_id = photo.service_request_id));
GRANT SELECT, INSERT, UPDATE, DELETE ON reports.photo TO gladbeck_reports;
COMMENT ON COLUMN reports.photo.photo_id IS 'personal; names the photo in the store; with its request, 24 hours without one';
COMMENT ON COLUMN reports.photo.service_request_id IS 'none; the request it belongs to; with its request';
COMMENT ON COLUMN reports.photo.digest IS 'none; recognises the same upload; with its request, 24 hours without one';
COMMENT ON COLUMN reports.photo.width IS 'none; pixels across; with its request, 24 hours without one';
COMMENT ON COLUMN reports.photo.height IS 'none; pixels down; with its request, 24 hours without one';
COMMENT ON COLUMN reports.photo.place_longitude IS 'personal; the camera''s position, for the form only; deleted when a request names the photo, 24 hours without one';
COMMENT ON COLUMN reports.photo.place_latitude IS 'personal; the camera''s position, for the form only; deleted when a request names the photo, 24 hours without one';
COMMENT ON COLUMN reports.photo.released IS 'none; whether a person released it; with its request';
COMMENT ON COLUMN reports.photo.uploaded_at IS 'none; start of the 24 hours; with its request';

CREATE TABLE reports.note (
    note_id            uuid        NOT NULL,
    service_request_id uuid        NOT NULL CONSTRAINT note_of_request REFERENCES reports.request (service_request_id),
    written_at         timestamptz NOT NULL,
    written_by         text        NOT NULL,
    written_by_name    text        NOT NULL,
    text               text        NOT NULL,
    CONSTRAINT note_key PRIMARY KEY (note_id)
);
CREATE INDEX note_of_request ON reports.note (service_request_id, written_at);
ALTER TABLE reports.note ENABLE ROW LEVEL SECURITY;
ALTER TABLE reports.note FORCE ROW LEVEL SECURITY;
-- The reporter's secret opens the request but never the notes on it.
CREATE POLICY note_for_staff ON reports.note
    USING ((SELECT current_setting('app.kind', true) IN ('staff', 'system'))
           AND EXISTS (SELECT FROM reports.request WHERE request.service_request_id = note.service_request_id));
GRANT SELECT, INSERT ON reports.note TO gladbeck_reports;
COMMENT ON COLUMN reports.note.note_id IS 'none; names the note; with its request';
COMMENT ON COLUMN reports.note.service_request_id IS 'none; the request it is about; with its request';
COMMENT ON COLUMN reports.note.written_at IS 'none; when; with its request';
COMMENT ON COLUMN reports.note.written_by IS 'pseudonymous; who wrote it; with its request';
COMMENT ON COLUMN reports.note.written_by_name IS 'staff; who wrote it, for colleagues; with its request';
COMMENT ON COLUMN reports.note.text IS 'confidential; what it says; with its request';

-- In front of the wall: what may be seen without a person's data, written with each change.
CREATE TABLE published.request (
    service_request_id uuid        NOT NULL,
    reference          text        NOT NULL CONSTRAINT published_reference_once UNIQUE,
    visibility         text        NOT NULL CONSTRAINT published_visibility_known CHECK (visibility IN ('public', 'confidential')),
    service_code       text        NOT NULL,
    status             text        NOT NULL,
    status_notes       text,
    agency_responsible text,
    requested_datetime timestamptz NOT NULL,
    updated_datetime   timestamptz NOT NULL,
    location           geometry(Point, 25832),
    location_3857      geometry(Point, 3857) GENERATED ALWAYS AS (ST_Transform(location, 3857)) STORED,
    longitude          double precision,
    latitude           double precision,
    description        text,
    photos             uuid[]      NOT NULL DEFAULT '{}',
    CONSTRAINT published_request_key PRIMARY KEY (service_request_id)
);
CREATE INDEX published_newest ON published.request (requested_datetime DESC, service_request_id DESC) WHERE visibility = 'public';
CREATE INDEX published_location ON published.request USING gist (location) WHERE visibility = 'public';
CREATE INDEX published_location_3857 ON published.request USING gist (location_3857) WHERE visibility = 'public';
CREATE INDEX published_photos ON published.request USING gin (photos) WHERE visibility = 'public';
GRANT SELECT, INSERT, UPDATE ON published.request TO gladbeck_reports;
GRANT SELECT ON published.request TO gladbeck_notify, gladbeck_gateway, gladbeck_accounts;
COMMENT ON COLUMN published.request.service_request_id IS 'public; names the request for programs; 2 years after its end';
COMMENT ON COLUMN published.request.reference IS 'public; names the request for people; 2 years after its end';
COMMENT ON COLUMN published.request.visibility IS 'none; who may see the row; 2 years after its end';
COMMENT ON COLUMN published.request.service_code IS 'public; the kind of request; 2 years after its end';
COMMENT ON COLUMN published.request.status IS 'public; where it stands; 2 years after its end';
COMMENT ON COLUMN published.request.status_notes IS 'public; what the city last said; 2 years after its end';
COMMENT ON COLUMN published.request.agency_responsible IS 'public; the body it was handed to; 2 years after its end';
COMMENT ON COLUMN published.request.requested_datetime IS 'public; when it arrived; 2 years after its end';
COMMENT ON COLUMN published.request.updated_datetime IS 'public; when it last changed; 2 years after its end';
COMMENT ON COLUMN published.request.location IS 'public; the place in metres (EPSG:25832); 2 years after its end';
COMMENT ON COLUMN published.request.location_3857 IS 'public; the place for tiles (EPSG:3857); 2 years after its end';
COMMENT ON COLUMN published.request.longitude IS 'public; degrees east (EPSG:4326); 2 years after its end';
COMMENT ON COLUMN published.request.latitude IS 'public; degrees north (EPSG:4326); 2 years after its end';
COMMENT ON COLUMN published.request.description IS 'public; the resident''s words once a person released them; 2 years after its end';
COMMENT ON COLUMN published.request.photos IS 'public; photos that a person released; 2 years after its end';
