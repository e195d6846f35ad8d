"""Measurements and checks that are run by hand: `uv run python -m benchmarks.<name>`."""
