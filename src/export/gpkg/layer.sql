-- What each layer has besides its own table, `{layer}` being its name.
INSERT INTO gpkg_contents (table_name, data_type, identifier, description, srs_id)
  VALUES ('{layer}', 'features', '{layer}', '{description}', 4326);
INSERT INTO gpkg_geometry_columns VALUES ('{layer}', 'geom', '{geometry}', 4326, 0, 0);
CREATE VIRTUAL TABLE "rtree_{layer}_geom" USING rtree(id, minx, maxx, miny, maxy);
INSERT INTO gpkg_extensions VALUES
  ('{layer}', 'geom', 'gpkg_rtree_index', 'http://www.geopackage.org/spec120/#extension_rtree', 'write-only');
