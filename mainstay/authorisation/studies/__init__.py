"""Studies of an answer: how sure it is, what another budget would give, whether the choice holds.

Each reads the answer as it was kept, works outside any transaction, and is then kept by an operation of its own.
"""
