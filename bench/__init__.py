"""How fast Signpost builds generated records, beside other ways to build such a site: `make bench`."""
