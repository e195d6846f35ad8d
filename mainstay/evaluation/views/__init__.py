"""Pages of evaluation, one file a noun."""
