"""Everything that changes in evaluation."""
