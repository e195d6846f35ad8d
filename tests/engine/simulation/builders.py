"""Small models to simulate."""

from collections.abc import Sequence

import numpy as np

from mainstay.engine.simulation import Distribution, Flow, Input, Model


def costs(amounts: Sequence[Sequence[float]], factors: Sequence[Distribution], **more: object) -> Model:
    """Projects A, B, ... with costs by period and one factor each."""
    names = tuple("ABCDEFGHIJ"[: len(amounts)])
    flow = Flow("cost", "cost", np.array(amounts, dtype=float), "GBP")
    given = {"periods": len(amounts[0]), "inputs": (Input("cost", tuple(factors)),), "flows": (flow,)}
    return Model(names, **(given | more))  # type: ignore[arg-type]


def outcome_of(simulation: object, name: str = "cost") -> object:
    """The result of one flow in the only scenario."""
    return simulation.outcomes[0].results[name]  # type: ignore[attr-defined]
