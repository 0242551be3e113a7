-- How a request reached the city. What is filed over the API comes from the app, so both sides default to it and
-- intake names no channel; requests that staff or an import bring in from elsewhere name theirs when they are added.
-- The channel of a request never changes, so the public side keeps what it was given first.

ALTER TABLE reports.request
    ADD COLUMN channel text NOT NULL DEFAULT 'app' CONSTRAINT request_channel_known CHECK (channel IN
        ('app', 'web', 'email', 'phone', 'social_media', 'mayors_hour', 'in_person', 'letter'));
COMMENT ON COLUMN reports.request.channel IS 'public; how it reached the city, for figures; 2 years after its end';

ALTER TABLE published.request
    ADD COLUMN channel text NOT NULL DEFAULT 'app' CONSTRAINT published_channel_known CHECK (channel IN
        ('app', 'web', 'email', 'phone', 'social_media', 'mayors_hour', 'in_person', 'letter'));
COMMENT ON COLUMN published.request.channel IS 'public; how it reached the city, for figures; 2 years after its end';
