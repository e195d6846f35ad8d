"""Was it worth it: what was invested, what came back, where value leaks, which goals moved, and how well we do it."""

from mainstay.cockpit.value import came, goals, innovation, invested, leaks, satisfaction

PARTS = (*invested.PARTS, *came.PARTS, *leaks.PARTS, *goals.PARTS, *innovation.PARTS, *satisfaction.PARTS)
