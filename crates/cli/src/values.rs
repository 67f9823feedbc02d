//! Enums of the library as values of options: the library does not depend on the command line.

use clap::ValueEnum;

/// Defines enums with the variants of enums of the library, each with its help text.
macro_rules! values {
    ($($name:ident = $library:path { $($(#[$attribute:meta])* $variant:ident,)* })*) => {
        $(
            #[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
            pub enum $name {
                $($(#[$attribute])* $variant,)*
            }

            impl From<$name> for $library {
                fn from(value: $name) -> Self {
                    use $library as Library;
                    match value {
                        $($name::$variant => Library::$variant,)*
                    }
                }
            }
        )*
    };
}

values! {
    By = toponym::export::By {
        /// A place of a document, with all its mentions
        Place,
        /// A mention
        Mention,
        /// A document: its focus
        Document,
        /// A place, over all documents: how often and when it is mentioned
        Name,
    }
    Geometries = toponym::export::Geometries {
        /// A point within it
        Point,
        /// Its area, if it has one
        Area,
    }
    GroupBy = toponym::eval::GroupBy {
        /// The corpus
        Corpus,
        /// The GeoNames feature class of the place that is wanted, such as `P`, or what else the corpus says of its
        /// kind
        #[value(alias = "feature-class")]
        Class,
        /// Its GeoNames feature, class and code, such as `P.PPL`, or what else the corpus says of its kind
        Feature,
        /// The country in which it lies
        Country,
    }
    OutputFormat = toponym::export::Format {
        /// GeoJSON (RFC 7946), for QGIS and web maps.
        Geojson,
        /// Newline-delimited GeoJSON: a feature a line.
        Geojsonl,
        /// A GeoJSON text sequence (RFC 8142).
        Geojsonseq,
        /// A JSON object a line and document, with every mention and its alternatives.
        Jsonl,
        /// Comma-separated values, with latitude, longitude and well-known text.
        Csv,
        /// KML, for Google Earth.
        Kml,
        /// FlatGeobuf: indexed, read in parts from a web server.
        Fgb,
        /// GeoPackage: documents, places and mentions as layers joined by keys, with a style for QGIS.
        Gpkg,
        /// One page that works offline: the articles beside a map.
        Html,
        /// GeoParquet, for data frames and databases.
        Parquet,
        /// W3C Web Annotations (JSON-LD), for annotation tools and archives.
        WebAnnotation,
        /// TEI, for digital editions: the text with its places marked and listed.
        Tei,
        /// Linked Places (GeoJSON-LD), for the World Historical Gazetteer: a record a place.
        Lpf,
        /// Linked Places as a table (LP-TSV).
        LpTsv,
        /// GDELT's Global Knowledge Graph 2.1: a record a document with its locations.
        Gkg,
        /// FollowTheMoney entities (JSON lines), for Aleph.
        Ftm,
        /// The body of a bulk request, for Elasticsearch and OpenSearch.
        EsBulk,
        /// An aligned table, for reading on a terminal.
        Table,
    }
    InputFormat = toponym::document::Format {
        /// Plain text, also of a saved page
        Text,
        /// Markdown, with front matter or without
        Markdown,
        /// A web page
        Html,
        /// A JSON object a line: {"id", "text", "meta": {"title", "date"}}
        Jsonl,
        /// A table with a header, its columns between commas, semicolons, bars or tabs
        Csv,
        /// A table with a header, its columns between tabs
        Tsv,
        /// RSS or Atom
        Feed,
        /// A mail (RFC 5322)
        Eml,
        /// A web archive (ISO 28500)
        Warc,
        /// A Word document
        Docx,
    }
    Unit = toponym::document::Unit {
        /// Unicode code points, as Python and PostgreSQL do
        Chars,
        /// Bytes of UTF-8, as Rust, Go and C do
        Bytes,
        /// UTF-16 code units, as JavaScript, Java and .NET do
        Utf16,
    }
}
