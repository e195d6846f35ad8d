"""Deciding: adopting a scenario, baselines, and the decision log that can be verified and replayed."""
