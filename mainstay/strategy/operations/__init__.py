"""Everything that changes in strategy."""
