"""Corrections of estimates: offered by the office for a class of work, switched on and off in each business case.

Nouns: correction, correction in a case. Verbs: offer, withdraw, apply, lift.
It must not know where factors come from (review) or who plans with them (authorisation).
"""
