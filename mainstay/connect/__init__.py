"""Connect: foreign formats and protocols become sheets, feeds and tools here.

Nouns: none of its own. `protrack` reads schedules with cost and progress (.p2x). Verbs: none yet.
It must not know: cockpit.
"""
