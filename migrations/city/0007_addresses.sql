-- Streets and house numbers, so that people find a place in words and every request names its nearest address.
-- Public reference data; `gladbeck import addresses` replaces all of it at once.

-- Trigrams find a street in spite of a slip of the keyboard. The extension is trusted: its installation needs CREATE
-- on the database, which the owner has, and no superuser.
CREATE EXTENSION IF NOT EXISTS pg_trgm;

ALTER TABLE published.reference
    ADD COLUMN address_hash   bytea,
    ADD COLUMN address_source text;
COMMENT ON COLUMN published.reference.address_hash IS 'none; recognises addresses that are there already; until the next import';
COMMENT ON COLUMN published.reference.address_source IS 'none; the file that the addresses came from; until the next import';

-- Streets, one row per name.
CREATE TABLE published.street (
    street_id  integer          NOT NULL,
    name       text             NOT NULL,
    search_key text             NOT NULL,
    location   geometry(Point, 25832) NOT NULL,
    longitude  double precision NOT NULL,
    latitude   double precision NOT NULL,
    CONSTRAINT street_key PRIMARY KEY (street_id),
    CONSTRAINT street_named_once UNIQUE (name)
);
CREATE INDEX street_trigrams ON published.street USING gist (search_key gist_trgm_ops);
CREATE INDEX street_beginning ON published.street (search_key text_pattern_ops);
GRANT SELECT ON published.street TO gladbeck_reports, gladbeck_layers, gladbeck_gateway;
GRANT SELECT, INSERT, UPDATE, DELETE ON published.street TO gladbeck_import;
COMMENT ON COLUMN published.street.street_id IS 'public; names the street within one import; until the next import';
COMMENT ON COLUMN published.street.name IS 'public; names the street for people; until the next import';
COMMENT ON COLUMN published.street.search_key IS 'public; the name in plain letters without spaces, for the search; until the next import';
COMMENT ON COLUMN published.street.location IS 'public; an address in its middle, in metres (EPSG:25832); until the next import';
COMMENT ON COLUMN published.street.longitude IS 'public; degrees east (EPSG:4326); until the next import';
COMMENT ON COLUMN published.street.latitude IS 'public; degrees north (EPSG:4326); until the next import';

-- House numbers.
CREATE TABLE published.address (
    street_id    integer          NOT NULL,
    house_number integer          NOT NULL CONSTRAINT address_numbered CHECK (house_number > 0),
    suffix       text             NOT NULL,
    postal_code  text,
    town         text,
    part         text,
    location     geometry(Point, 25832) NOT NULL,
    longitude    double precision NOT NULL,
    latitude     double precision NOT NULL,
    CONSTRAINT address_key PRIMARY KEY (street_id, house_number, suffix),
    CONSTRAINT address_in_street FOREIGN KEY (street_id) REFERENCES published.street
);
CREATE INDEX address_location ON published.address USING gist (location);
GRANT SELECT ON published.address TO gladbeck_reports, gladbeck_layers, gladbeck_gateway;
GRANT SELECT, INSERT, UPDATE, DELETE ON published.address TO gladbeck_import;
COMMENT ON COLUMN published.address.street_id IS 'public; the street; until the next import';
COMMENT ON COLUMN published.address.house_number IS 'public; the number; until the next import';
COMMENT ON COLUMN published.address.suffix IS 'public; what follows the number: a letter, or the end of a range; until the next import';
COMMENT ON COLUMN published.address.postal_code IS 'public; the postal code, where the file tells it; until the next import';
COMMENT ON COLUMN published.address.town IS 'public; the town, where the file tells it; until the next import';
COMMENT ON COLUMN published.address.part IS 'public; the part of the town, where the file tells it; until the next import';
COMMENT ON COLUMN published.address.location IS 'public; the house in metres (EPSG:25832); until the next import';
COMMENT ON COLUMN published.address.longitude IS 'public; degrees east (EPSG:4326); until the next import';
COMMENT ON COLUMN published.address.latitude IS 'public; degrees north (EPSG:4326); until the next import';

-- What people call a spot: an address within 150 m, else a place within 400 m, else nothing.
CREATE FUNCTION published.nearest_address(spot geometry) RETURNS text
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$
    SELECT coalesce(
        (SELECT street.name || ' ' || address.house_number || address.suffix
           FROM published.address
           JOIN published.street USING (street_id)
          WHERE ST_DWithin(address.location, spot, 150)
          ORDER BY address.location <-> spot
          LIMIT 1),
        (SELECT 'bei ' || place.name
           FROM published.place
          WHERE ST_DWithin(place.location, spot, 400)
          ORDER BY place.location <-> spot
          LIMIT 1))
    $$;
REVOKE EXECUTE ON FUNCTION published.nearest_address(geometry) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION published.nearest_address(geometry) TO gladbeck_reports, gladbeck_layers, gladbeck_gateway;

-- Requests that are there learn their nearest address at the next round of the task `locality`.
UPDATE published.request SET reference_version = 0;
