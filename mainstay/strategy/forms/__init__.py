"""Forms of strategy."""
