"""Connect: foreign formats and protocols become sheets, feeds and tools here.

Nouns: none yet. Verbs: none yet.
It must not know: cockpit.
"""
