"""Review: what a finished project taught, and whether it was worth it.

Nouns to come: closure, post-implementation review, lesson, calibration, cycle review.
It must not know: cockpit, connect.
"""
