"""Everything that changes in governance."""
