"""The pages of identification."""
