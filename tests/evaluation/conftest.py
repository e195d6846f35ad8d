"""A score model of the networks: two criteria over the fields of the register."""

from decimal import Decimal

import pytest

from mainstay.evaluation.operations.models import Wanted, create_model

BENEFIT = Wanted("Benefit", "benefit", Decimal(0), Decimal(4_000_000), Decimal(60), "Nothing", "Four million")
RISK = Wanted("Risk", "risk", Decimal(100), Decimal(0), Decimal(40), "Sure to fail", "Safe")


@pytest.fixture
def model(world):
    """Benefit counts for 60 %, little risk for 40 %."""
    return create_model(
        world.networks, actor=world.portfolio_manager, name="Worth", criteria=[BENEFIT, RISK], description="For 2027"
    )
