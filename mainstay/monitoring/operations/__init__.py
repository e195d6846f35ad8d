"""Every way the rows of monitoring change."""
