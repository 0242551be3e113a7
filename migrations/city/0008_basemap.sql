-- The base map: streets, water, green and buildings around the city, taken from an extract of OpenStreetMap.
-- `gladbeck import osm` replaces it as a whole. Public data; no person's.

CREATE TABLE published.basemap (
    osm_type   text     NOT NULL CONSTRAINT basemap_osm_type_known CHECK (osm_type IN ('way', 'relation')),
    osm_id     bigint   NOT NULL,
    kind       text     NOT NULL
               CONSTRAINT basemap_kind_known CHECK (kind IN ('land', 'water', 'green', 'building', 'street')),
    class      text     NOT NULL,
    name       text,
    min_zoom   smallint NOT NULL CONSTRAINT basemap_min_zoom_fits CHECK (min_zoom BETWEEN 0 AND 24),
    shape_3857 geometry(Geometry, 3857) NOT NULL,
    CONSTRAINT basemap_key PRIMARY KEY (osm_type, osm_id, kind)
);
CREATE INDEX basemap_shape_3857 ON published.basemap USING gist (shape_3857);
GRANT SELECT ON published.basemap TO gladbeck_layers;
GRANT SELECT, INSERT, DELETE ON published.basemap TO gladbeck_import;
COMMENT ON COLUMN published.basemap.osm_type IS 'public; whether OpenStreetMap has it as a way or a relation; until the next import';
COMMENT ON COLUMN published.basemap.osm_id IS 'public; its number in OpenStreetMap; until the next import';
COMMENT ON COLUMN published.basemap.kind IS 'public; the layer of the map it belongs to; until the next import';
COMMENT ON COLUMN published.basemap.class IS 'public; how it is drawn inside its layer; until the next import';
COMMENT ON COLUMN published.basemap.name IS 'public; what people call it; until the next import';
COMMENT ON COLUMN published.basemap.min_zoom IS 'public; the zoom level from which it is drawn; until the next import';
COMMENT ON COLUMN published.basemap.shape_3857 IS 'public; its shape for tiles (EPSG:3857); until the next import';
