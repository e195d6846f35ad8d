"""Every write of the core, one file a noun."""
