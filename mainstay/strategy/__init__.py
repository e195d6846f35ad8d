"""Strategy: what the organisation wants to achieve.

Nouns to come: theme, objective, key result, check-in, perspective, driver, contribution, bucket.
It must not know: its siblings and the floors above.
"""
