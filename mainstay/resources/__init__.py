"""Resources: the people and skills that do the work.

Nouns: role, skill. Verbs: role.add, role.edit, skill.add, skill.edit.
It must not know: its siblings and the floors above.
"""
