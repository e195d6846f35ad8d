"""Appraisal: what business cases are worth, worked out when asked for and never kept as a copy that grows old.

Nouns: discount rate, measures. It reads the cases of identification and asks the engine; only rates are written.
"""
