"""The core's pages, one file a noun."""
