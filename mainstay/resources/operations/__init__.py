"""Everything that changes in resources."""
