"""Portfolio: the register: one inventory of everything active and proposed.

Nouns: portfolio, programme, project, stage, transition, milestone, dependency, member, custom field, fiscal year.
Verbs: create, change and move each of them, and take a project through its life cycle.
It must not know: strategy, resources, governance, value and the stages above.
"""
