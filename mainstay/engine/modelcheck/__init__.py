"""Model check: what is wrong with a score model, in plain sentences and with figures.

Nouns: Model, Criterion, Finding. Verb: lint. A model and its scores in, findings out; none for a sound model.
It must not know who built the model or what is done about a finding. Thresholds: docs/methods/model-check.md.
"""

from mainstay.engine.modelcheck.check import lint
from mainstay.engine.modelcheck.model import Criterion, Finding, Model

__all__ = ["Criterion", "Finding", "Model", "lint"]
