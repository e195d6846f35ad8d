"""Status reports: how often they are due, what people declare beside what the figures say, and who is late.

Nouns: Rhythm, StatusReport, Period, Computed (health by the figures). Verbs: set a rhythm, draft, edit, publish,
remind. It must not know how alerts are raised or how work is paused.
"""
