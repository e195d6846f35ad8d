"""The register's pages, one file a noun."""
