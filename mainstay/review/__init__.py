"""Review: what a finished project taught, and whether it was worth it.

Nouns: closing rule, closure, post-implementation review, lesson. Verbs: closingrule.set, closure.prepare,
closure.complete, review.start, review.edit, review.sign, lesson.add, lesson.edit, lesson.remove, lesson.publish.
It must not know: cockpit, connect.
"""
