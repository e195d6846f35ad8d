"""Governance: who decides what, by which rules and when.

Nouns: planning cycle, board, seat, delegation, gate model and its editions. To come: policy.
Verbs: prepare and change a planning cycle, take it to its next state; form a board and give its seats; delegate;
prepare and publish gates.
It must not know: its siblings and the floors above.
"""
