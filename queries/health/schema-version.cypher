// Documents that were loaded under another version of the schema
// A row is a document whose nodes may lack what this version reads, or hold it otherwise. To mend: the next load
// brings an older graph up to date (`rankgraph load` alone does); for a newer one, install a newer rankgraph. No rows:
// all was loaded under the version asked about.
// schema (number): the version of the schema that is expected, as `rankgraph status` shows it
// severity: error
// :params {schema: 2}
// returns: label, id, finding, fact, authority, document, lines
MATCH (d:Document)
WHERE coalesce(d.schema_version, 0) < $schema OR coalesce(d.schema_version, 0) > $schema
RETURN 'Document' AS label, d.id AS id, coalesce('was loaded under version ' + toString(d.schema_version),
    'was loaded before versions were kept') + ', expected ' + toString($schema) AS finding,
  null AS fact, null AS authority, d.name AS document, null AS lines
ORDER BY document, id
