-- What planners and addresses stand on: areas and places of the city, and what the public side of a request says
-- about where and when. All of it lies in front of the wall; no person's data.

GRANT USAGE ON SCHEMA published TO gladbeck_layers, gladbeck_import;
GRANT SELECT ON public._sqlx_migrations TO gladbeck_layers, gladbeck_import;

-- Counts up whenever areas or addresses change, so that requests learn their district and address anew.
CREATE TABLE published.reference (
    only_row  boolean NOT NULL DEFAULT true CONSTRAINT reference_only_row CHECK (only_row),
    version   bigint  NOT NULL DEFAULT 1,
    pack_hash bytea,
    CONSTRAINT reference_key PRIMARY KEY (only_row)
);
INSERT INTO published.reference DEFAULT VALUES;
GRANT SELECT ON published.reference TO gladbeck_reports, gladbeck_layers, gladbeck_gateway;
GRANT SELECT, UPDATE ON published.reference TO gladbeck_import;
COMMENT ON COLUMN published.reference.only_row IS 'none; there is one row; for ever';
COMMENT ON COLUMN published.reference.version IS 'none; counts up when areas or addresses change; for ever';
COMMENT ON COLUMN published.reference.pack_hash IS 'none; the city pack that areas and places were taken from; for ever';

-- The city, its districts and its neighbours, from the city pack.
CREATE TABLE published.area (
    kind        text    NOT NULL CONSTRAINT area_kind_known CHECK (kind IN ('boundary', 'district', 'neighbour')),
    key         text    NOT NULL,
    name        text    NOT NULL,
    official    boolean NOT NULL,
    inhabitants integer CONSTRAINT area_inhabited CHECK (inhabitants > 0),
    shape       geometry(MultiPolygon, 25832) NOT NULL,
    shape_3857  geometry(MultiPolygon, 3857) NOT NULL GENERATED ALWAYS AS (ST_Transform(shape, 3857)) STORED,
    CONSTRAINT area_key PRIMARY KEY (kind, key)
);
CREATE INDEX area_shape ON published.area USING gist (shape);
CREATE INDEX area_shape_3857 ON published.area USING gist (shape_3857);
GRANT SELECT ON published.area TO gladbeck_reports, gladbeck_layers, gladbeck_gateway;
GRANT SELECT, INSERT, UPDATE, DELETE ON published.area TO gladbeck_import;
COMMENT ON COLUMN published.area.kind IS 'public; the city itself, a district or a neighbour; until the pack changes';
COMMENT ON COLUMN published.area.key IS 'public; names the area for programs; until the pack changes';
COMMENT ON COLUMN published.area.name IS 'public; names the area for people; until the pack changes';
COMMENT ON COLUMN published.area.official IS 'public; whether its border was drawn by the city; until the pack changes';
COMMENT ON COLUMN published.area.inhabitants IS 'public; how many people live there; until the pack changes';
COMMENT ON COLUMN published.area.shape IS 'public; the border in metres (EPSG:25832); until the pack changes';
COMMENT ON COLUMN published.area.shape_3857 IS 'public; the border for tiles (EPSG:3857); until the pack changes';

-- Named places of the city pack: stops and squares.
CREATE TABLE published.place (
    key           text             NOT NULL,
    name          text             NOT NULL,
    location      geometry(Point, 25832) NOT NULL,
    location_3857 geometry(Point, 3857) NOT NULL GENERATED ALWAYS AS (ST_Transform(location, 3857)) STORED,
    longitude     double precision NOT NULL,
    latitude      double precision NOT NULL,
    CONSTRAINT place_key PRIMARY KEY (key)
);
CREATE INDEX place_location ON published.place USING gist (location);
CREATE INDEX place_location_3857 ON published.place USING gist (location_3857);
GRANT SELECT ON published.place TO gladbeck_reports, gladbeck_layers, gladbeck_gateway;
GRANT SELECT, INSERT, UPDATE, DELETE ON published.place TO gladbeck_import;
COMMENT ON COLUMN published.place.key IS 'public; names the place for programs; until the pack changes';
COMMENT ON COLUMN published.place.name IS 'public; names the place for people; until the pack changes';
COMMENT ON COLUMN published.place.location IS 'public; the place in metres (EPSG:25832); until the pack changes';
COMMENT ON COLUMN published.place.location_3857 IS 'public; the place for tiles (EPSG:3857); until the pack changes';
COMMENT ON COLUMN published.place.longitude IS 'public; degrees east (EPSG:4326); until the pack changes';
COMMENT ON COLUMN published.place.latitude IS 'public; degrees north (EPSG:4326); until the pack changes';

-- The public side of a request says its group, its district, the nearest address or place, and its end.
ALTER TABLE published.request
    ADD COLUMN service_group     text NOT NULL DEFAULT '',
    ADD COLUMN district          text,
    ADD COLUMN nearest_address   text,
    ADD COLUMN reference_version bigint NOT NULL DEFAULT 0,
    ADD COLUMN closed_at         timestamptz;
-- The owner sees behind no policy either: the change speaks as the system.
SELECT set_config('app.kind', 'system', true);
UPDATE published.request AS public_side
   SET service_group = request.service_group, closed_at = request.closed_at
  FROM reports.request
 WHERE request.service_request_id = public_side.service_request_id;
CREATE INDEX published_group ON published.request (service_group, requested_datetime) WHERE visibility = 'public';
CREATE INDEX published_reference_version ON published.request (reference_version) WHERE location IS NOT NULL;
GRANT SELECT ON published.request TO gladbeck_layers;
COMMENT ON COLUMN published.request.service_group IS 'public; the group of the kind; 2 years after its end';
COMMENT ON COLUMN published.request.district IS 'public; the key of the district it lies in; 2 years after its end';
COMMENT ON COLUMN published.request.nearest_address IS 'public; the nearest address or place, for people; 2 years after its end';
COMMENT ON COLUMN published.request.reference_version IS 'none; which areas and addresses it was looked up in; 2 years after its end';
COMMENT ON COLUMN published.request.closed_at IS 'public; when it ended; 2 years after its end';
