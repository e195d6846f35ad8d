"""A search for good plans beside the exact solver: large neighbourhoods of the best plan, each solved exactly.

After Shaw (1998) and Danna, Rothberg and Le Pape (2005): most candidates stay as they are in the best plan so far,
some are set free, and the small program that is left is solved. Which are set free follows the linear relaxation,
tight rows and rules.
"""

from mainstay.engine.selection.search.hybrid import HybridSolver

__all__ = ["HybridSolver"]
