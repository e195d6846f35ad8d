"""Everything that changes in identification."""
