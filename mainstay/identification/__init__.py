"""Identify: how ideas arrive and become proposals.

Nouns to come: idea, intake form, screening, similarity.
It must not know: evaluation and the floors above.
"""
