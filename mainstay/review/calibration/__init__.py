"""Calibration: estimates of finished projects against what came, by class of work, and what that would change.

Nouns: outcome, class of work, effect on a selection. Verbs: none of its own; it offers corrections (evaluation).
It must not know: cockpit, connect.
"""
