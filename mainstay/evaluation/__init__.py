"""Evaluate: judging projects fairly before anything is chosen.

Nouns: score model, criterion, score. Verbs: create and change a score model, score projects.
It must not know: authorisation and the floors above.
"""
