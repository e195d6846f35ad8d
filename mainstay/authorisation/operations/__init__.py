"""Everything that changes in authorisation."""
