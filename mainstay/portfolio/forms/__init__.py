"""Forms of the register's pages, one file a noun."""
