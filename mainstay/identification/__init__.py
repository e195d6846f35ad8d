"""Identify: how ideas arrive and become proposals.

Nouns: request, request form and its editions, note, business case with options, lines, assumptions and risks, merger.
Verbs: draft, submit, ask, return, accept, reject and merge requests; publish forms and business cases.
It must not know: evaluation and the floors above.
"""
