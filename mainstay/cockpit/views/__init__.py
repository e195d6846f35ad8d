"""The cockpit's pages, one file a page."""
