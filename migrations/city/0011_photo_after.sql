-- Done is shown: a photo of the place afterwards, and the resident says whether it is really done.

ALTER TABLE reports.photo
    ADD COLUMN stage text NOT NULL DEFAULT 'before' CONSTRAINT photo_stage_known CHECK (stage IN ('before', 'after'));
COMMENT ON COLUMN reports.photo.stage IS 'none; whether it shows the matter or the place afterwards; with its request, 24 hours without one';

ALTER TABLE reports.request
    ADD COLUMN feedback_solved boolean,
    ADD COLUMN feedback_at     timestamptz,
    ADD CONSTRAINT request_feedback_whole CHECK ((feedback_solved IS NULL) = (feedback_at IS NULL)),
    ADD CONSTRAINT request_feedback_when_done CHECK (feedback_solved IS NULL OR status = 'done');
CREATE INDEX request_feedback ON reports.request (requested_datetime DESC, service_request_id DESC)
 WHERE feedback_solved IS NOT NULL;
COMMENT ON COLUMN reports.request.feedback_solved IS 'personal; whether the resident agrees that it is done; 2 years after its end';
COMMENT ON COLUMN reports.request.feedback_at IS 'personal; when the resident said so; 2 years after its end';

ALTER TABLE published.request
    ADD COLUMN photos_after uuid[] NOT NULL DEFAULT '{}';
CREATE INDEX published_photos_after ON published.request USING gin (photos_after) WHERE visibility = 'public';
COMMENT ON COLUMN published.request.photos_after IS 'public; photos of the place once it was done; 2 years after its end';
