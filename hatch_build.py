"""Puts the built front end into wheels and source archives, so that installing needs no Node."""

import importlib.util
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class FrontEnd(BuildHookInterface[Any]):
    """Builds styles and islands before files are collected; an editable install builds them when it starts."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Runs the same build as `mainstay build`, unless what it makes lies ready (in a source archive)."""
        root = Path(self.root)
        if version == "editable" or not (root / "frontend" / "package.json").is_file():
            return
        place = root / "mainstay" / "frontend_build.py"
        specification = importlib.util.spec_from_file_location("frontend_build", place)
        module = importlib.util.module_from_spec(specification)
        specification.loader.exec_module(module)
        module.build()
