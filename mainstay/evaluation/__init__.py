"""Evaluate: judging projects fairly before anything is chosen.

Nouns: score model, criterion, score, mandatory bypass, scoring round, judgement, recusal, pairwise session.
Verbs: create, change and publish a score model, score projects, judge blind in rounds, compare in pairs.
It must not know: authorisation and the floors above.
"""
