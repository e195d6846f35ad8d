"""The order in which projects stand: by score, by hand, by ready frameworks, in matrices, and how firmly.

Nouns: rank override. Verbs: override, restore. It reads scores and figures; how a score comes about it does not know.
"""
