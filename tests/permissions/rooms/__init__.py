"""What each room brings to the permission table; one file a room, each with a `ROOM`."""

import importlib
import pkgutil

from tests.permissions.rows import Room

ROOMS: tuple[Room, ...] = tuple(
    importlib.import_module(f"{__name__}.{module.name}").ROOM for module in pkgutil.iter_modules(__path__)
)
