//! The SQLite database of a GeoPackage.

use super::super::features::Feature;
use super::super::schema::{Field, fields};
use super::super::style::{self, qgis_style};
use super::super::{By, Geometries, Shape, Type, Value, temporary_failed};
use super::geometry::{Extent, blob, extent, union};
use geo::Geometry;
use rusqlite::types::ToSqlOutput;
use rusqlite::{Connection, ToSql, params};
use std::io::{self, Write};

/// The size of the cache of a database, in KiB.
const CACHE: i64 = 32 * 1024;

/// A GeoPackage that is being written.
pub struct Database {
    connection: Connection,
    file: tempfile::NamedTempFile,
    layers: Tables,
}

/// The layers of a package.
#[expect(clippy::large_enum_variant, reason = "there is one at a time")]
enum Tables {
    /// What each document mentions.
    OfDocuments {
        documents: Layer,
        places: Layer,
        mentions: Layer,
        /// The areas of relative places, if they are asked for.
        areas: Option<Layer>,
    },
    /// The places of all documents.
    Names(Layer),
}

impl Tables {
    fn create(connection: &Connection, shape: Shape) -> rusqlite::Result<Self> {
        if shape.by == By::Name {
            return Ok(Tables::Names(Layer::create(connection, "names", By::Name, POINTS, &[])?));
        }
        let documents = Layer::create(connection, "documents", By::Document, POINTS, &[])?;
        let of_document = "document_fid INTEGER NOT NULL REFERENCES documents(fid)";
        let places = Layer::create(connection, "places", By::Place, POINTS, &[of_document])?;
        let of_place = "place_fid INTEGER REFERENCES places(fid)";
        let keys = [of_document, of_place];
        let mentions = Layer::create(connection, "mentions", By::Mention, POINTS, &keys)?;
        let areas = (shape.geometry == Geometries::Area)
            .then(|| Layer::create(connection, "areas", By::Place, AREAS, &keys))
            .transpose()?;
        Ok(Tables::OfDocuments { documents, places, mentions, areas })
    }
}

/// The SQL that writes ISO 8601 as a GeoPackage has it: in UTC, which is assumed where no zone is given; a day is its
/// midnight.
const DATE_TIME: &str = "strftime('%Y-%m-%dT%H:%M:%fZ', ?)";

/// The names of geometry types in a GeoPackage.
const POINTS: &str = "POINT";
const AREAS: &str = "MULTIPOLYGON";

/// A layer: a table of features.
struct Layer {
    name: &'static str,
    geometry: &'static str,
    insert: String,
    insert_extent: String,
    extent: Option<Extent>,
}

impl Database {
    /// Creates an empty GeoPackage in a temporary file. Where the system allows it, the file has no name while it
    /// grows, so that an interrupted run leaves nothing behind.
    pub fn create(shape: Shape, attribution: &str) -> io::Result<Self> {
        let file = tempfile::Builder::new().prefix("toponym-").suffix(".gpkg").tempfile();
        let file = file.map_err(|error| temporary_failed("GeoPackage", &error))?;
        let made = (|| {
            let connection = Connection::open(file.path())?;
            // An incomplete file is of no use, so nothing has to survive a crash.
            connection.execute_batch(&format!(
                "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -{CACHE};"
            ))?;
            connection.execute_batch("BEGIN")?;
            connection.execute_batch(include_str!("package.sql"))?;
            connection.execute(
                "INSERT INTO gpkg_metadata (md_standard_uri, mime_type, metadata) VALUES (?, 'text/plain', ?)",
                params!["http://purl.org/dc/terms/rights", attribution],
            )?;
            connection.execute(
                "INSERT INTO gpkg_metadata_reference (reference_scope, md_file_id) VALUES ('geopackage', 1)",
                [],
            )?;
            let layers = Tables::create(&connection, shape)?;
            Ok((connection, layers))
        })();
        let (connection, layers) = made.map_err(failed)?;
        let _ = std::fs::remove_file(file.path());
        Ok(Database { connection, file, layers })
    }

    /// Adds a document with its places and mentions, each mention with the number of its place.
    pub fn add(
        &mut self,
        document: &Feature,
        found_places: &[Feature],
        found_mentions: &[(Feature, Option<usize>)],
    ) -> rusqlite::Result<()> {
        let Tables::OfDocuments { documents, places, mentions, areas } = &mut self.layers else { return Ok(()) };
        let document = documents.add(&self.connection, document, &[])?;
        let mut fids = Vec::with_capacity(found_places.len());
        for place in found_places {
            let fid = places.add(&self.connection, place, &[Some(document)])?;
            fids.push(fid);
            if let (Some(areas), Some(_)) = (&mut *areas, &place.area) {
                areas.add(&self.connection, place, &[Some(document), Some(fid)])?;
            }
        }
        for (mention, place) in found_mentions {
            let place = place.and_then(|place| fids.get(place).copied());
            mentions.add(&self.connection, mention, &[Some(document), place])?;
        }
        Ok(())
    }

    /// Adds places of all documents.
    pub fn add_names(&mut self, features: &[Feature]) -> rusqlite::Result<()> {
        let Tables::Names(names) = &mut self.layers else { return Ok(()) };
        features.iter().try_for_each(|feature| names.add(&self.connection, feature, &[]).map(drop))
    }

    /// Completes the database and copies it to `out`.
    pub fn finish(self, out: &mut dyn Write) -> io::Result<()> {
        let Database { connection, mut file, layers } = self;
        let completed = (|| match layers {
            Tables::OfDocuments { documents, places, mentions, areas } => {
                for layer in [documents, places, mentions].into_iter().chain(areas) {
                    layer.finish(&connection)?;
                }
                connection.execute_batch(
                    "CREATE INDEX places_document ON places(document_fid); CREATE INDEX mentions_document ON \
                     mentions(document_fid); CREATE INDEX mentions_place ON mentions(place_fid); COMMIT",
                )
            }
            Tables::Names(names) => {
                names.finish(&connection)?;
                connection.execute_batch("COMMIT")
            }
        })();
        completed.map_err(failed)?;
        connection.close().map_err(|(_, error)| failed(error))?;
        io::copy(file.as_file_mut(), out).map(drop)
    }
}

impl Layer {
    fn create(
        connection: &Connection,
        name: &'static str,
        layer: By,
        geometry: &'static str,
        keys: &[&str],
    ) -> rusqlite::Result<Self> {
        let kind = |field: &Field| match field.kind {
            Type::Text => "TEXT",
            Type::Integer => "INTEGER",
            Type::Real => "REAL",
            Type::Boolean => "BOOLEAN",
            Type::DateTime => "DATETIME",
        };
        let own = fields(layer).map(|field| format!("\"{}\" {}", field.name, kind(field)));
        let columns: Vec<String> = keys.iter().map(|key| (*key).to_owned()).chain(own).collect();
        connection.execute_batch(&format!(
            "CREATE TABLE {name} (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, geom {geometry}, {})",
            columns.join(", ")
        ))?;
        let (description, style) = match layer {
            _ if geometry == AREAS => ("the areas of relative places", style::areas()),
            By::Document => ("the place that each document is about", qgis_style(layer)),
            By::Place => ("the places of each document", qgis_style(layer)),
            By::Mention => ("every mention of a place", qgis_style(layer)),
            By::Name => ("the places of all documents", qgis_style(layer)),
        };
        let with = |template: &str| template.replace("{layer}", name).replace("{geometry}", geometry);
        connection.execute_batch(&with(include_str!("layer.sql")).replace("{description}", description))?;
        connection.execute(
            "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName, \
             styleQML, styleSLD, useAsDefault, description, owner) VALUES ('', '', ?1, 'geom', ?1, ?2, '', 1, ?3, '')",
            params![name, style, description],
        )?;
        let mark = |field: &Field| if field.kind == Type::DateTime { DATE_TIME } else { "?" };
        let marks = std::iter::repeat_n("?", 1 + keys.len()).chain(fields(layer).map(mark));
        let marks = marks.collect::<Vec<_>>().join(", ");
        let names = columns.iter().filter_map(|column| column.split(' ').next()).collect::<Vec<_>>().join(", ");
        Ok(Layer {
            name,
            geometry,
            insert: format!("INSERT INTO {name} (geom, {names}) VALUES ({marks})"),
            insert_extent: format!("INSERT INTO rtree_{name}_geom VALUES (?, ?, ?, ?, ?)"),
            extent: None,
        })
    }

    /// Adds a feature with these foreign keys and returns its own key.
    fn add(&mut self, connection: &Connection, feature: &Feature, keys: &[Option<i64>]) -> rusqlite::Result<i64> {
        let geometry = match self.geometry {
            AREAS => feature.area.clone().map(Geometry::MultiPolygon),
            _ => feature.point.map(Geometry::Point),
        };
        let around = geometry.as_ref().and_then(extent);
        let blob = geometry.as_ref().zip(around).map(|(geometry, around)| blob(geometry, around));
        let mut cells: Vec<&dyn ToSql> = vec![&blob];
        cells.extend(keys.iter().map(|key| key as &dyn ToSql));
        cells.extend(feature.values.iter().map(|value| value as &dyn ToSql));
        let fid = connection.prepare_cached(&self.insert)?.insert(&*cells)?;
        if let Some([west, east, south, north]) = around {
            connection.prepare_cached(&self.insert_extent)?.execute(params![fid, west, east, south, north])?;
            self.extent = Some(union(self.extent, [west, east, south, north]));
        }
        Ok(fid)
    }

    fn finish(self, connection: &Connection) -> rusqlite::Result<()> {
        if let Some([west, east, south, north]) = self.extent {
            connection.execute(
                "UPDATE gpkg_contents SET min_x = ?, max_x = ?, min_y = ?, max_y = ? WHERE table_name = ?",
                params![west, east, south, north, self.name],
            )?;
        }
        connection.execute_batch(&include_str!("triggers.sql").replace("{layer}", self.name))
    }
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        match self {
            Value::Null => Ok(rusqlite::types::Null.into()),
            Value::Text(text) => text.to_sql(),
            Value::Integer(number) => number.to_sql(),
            Value::Real(number) => number.to_sql(),
            Value::Boolean(yes) => yes.to_sql(),
        }
    }
}

fn failed(error: rusqlite::Error) -> io::Error {
    temporary_failed("GeoPackage", &error)
}
