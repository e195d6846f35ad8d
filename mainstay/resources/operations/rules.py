"""What the operations of resources share."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.text import slugify

from mainstay.core import history
from mainstay.core.models import Row
from mainstay.portfolio.operations.tree import change

LONGEST_KEY = 40
MOST_TRIES = 1000


def put[M: Row](row: M, known: frozenset[str], given: Mapping[str, Any]) -> M:
    """Put what was given into a row and write it; a row that is not there yet is created."""
    change(row, known, given)
    return history.save(row) if row.pk else history.create(row)


def free_key(model: Any, key: str, name: str) -> str:
    """The key given, else one made of the name that nobody has yet."""
    if key:
        return key
    stem = slugify(name)[: LONGEST_KEY - 4]
    if not stem:
        raise ValidationError({"key": "Give a key of letters, digits and dashes: the name makes none."})
    taken = set(model.objects.filter(key__startswith=stem).values_list("key", flat=True))
    tries = (f"{stem}-{number}" for number in range(2, MOST_TRIES))
    return stem if stem not in taken else next(one for one in tries if one not in taken)
