"""Whatever is sent, the API answers as its description says and never fails."""

import os

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from django.db import transaction
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
EXAMPLES = int(os.environ.get("MAINSTAY_FUZZ_EXAMPLES", "2"))


@pytest.fixture(scope="module")
def keys(django_db_setup, django_db_blocker):
    """A key of the administrator and one of somebody without any role, in a world that is gone afterwards."""
    from tests.api.conftest import program_of
    from tests.world import build_world

    with django_db_blocker.unblock(), transaction.atomic():
        world = build_world()
        people = {"administrator": world.administrator, "stranger": world.stranger}
        yield {name: program_of(person).secret for name, person in people.items()}
        transaction.set_rollback(True)


DEEP = "MAINSTAY_FUZZ_EXAMPLES" in os.environ
api = schemathesis.openapi.from_wsgi("/api/openapi.json", get_wsgi_application())
api.config.phases.coverage.enabled = DEEP


# What is asked of the description is the same on every database, and it is much to ask twice.
@pytest.mark.only_on("sqlite")
@pytest.mark.django_db
@pytest.mark.usefixtures("held_open")
@pytest.mark.parametrize("who", ["administrator", "stranger"])
@api.parametrize()
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
def test_every_answer_is_as_described(case, keys, who):
    case.call_and_validate(headers={"Authorization": f"Bearer {keys[who]}"}, checks=CHECKS)
