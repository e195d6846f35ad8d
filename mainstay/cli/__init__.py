"""The `mainstay` command: one file for each thing it can do, each found in `registry.py`.

It sets the scene (data folder, database address) before Django reads its settings, then calls a room and
prints what came of it.
Nouns: none. Verbs: none of its own; whatever it changes, it changes through operations.
Nothing imports it.
"""

from mainstay.cli.main import main

__all__ = ["main"]
