"""Everything that changes in the committee room."""
