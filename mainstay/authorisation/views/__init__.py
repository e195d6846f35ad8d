"""The pages of authorisation."""
