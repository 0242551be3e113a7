-- Clusters of vector tiles: each request knows its cell in a grid over the whole world, so that a cluster belongs
-- to one tile only and counting reads an index instead of geometries.

-- 2^22 cells on each side of EPSG:3857, from its north-western corner; 2^(22-z) of them are a tile of matrix z.
ALTER TABLE published.request
    ADD COLUMN grid_column integer GENERATED ALWAYS AS
        (floor((ST_X(ST_Transform(location, 3857)) + 20037508.342789244) / 9.554628535647032)::integer) STORED,
    ADD COLUMN grid_row integer GENERATED ALWAYS AS
        (floor((20037508.342789244 - ST_Y(ST_Transform(location, 3857))) / 9.554628535647032)::integer) STORED;
CREATE INDEX published_grid ON published.request (grid_row, grid_column)
    INCLUDE (requested_datetime, closed_at, service_group, service_code, status, district)
    WHERE visibility = 'public' AND location IS NOT NULL;
COMMENT ON COLUMN published.request.grid_column IS 'public; its cell on the map from the west, for clusters; 2 years after its end';
COMMENT ON COLUMN published.request.grid_row IS 'public; its cell on the map from the north, for clusters; 2 years after its end';
