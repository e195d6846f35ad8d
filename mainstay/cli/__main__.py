"""Lets `python -m mainstay.cli` stand in for the console script."""

import sys

from mainstay.cli.main import main

sys.exit(main())
