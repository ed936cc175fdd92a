"""Tools for people who write records: editor schemas, new records, one layout."""
