"""The package is cheap to import."""

import subprocess
import sys


def test_the_solver_is_not_loaded_with_the_package():
    program = "import sys, mainstay.engine.selection; print('highspy' in sys.modules, 'django' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]
