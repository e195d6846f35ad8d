"""Strategy: what the organisation wants to achieve, and what its work does for it.

Nouns: goal, key result, check-in, contribution, cause, department, driver, impact statement, impact, classification,
bucket, placement. Verbs: create, weigh and follow goals, say what a project contributes, rate its impact on drivers,
sort projects into buckets.
It must not know: its siblings and the floors above.
"""
