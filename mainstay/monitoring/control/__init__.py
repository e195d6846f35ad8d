"""Control: what going on is worth, terms of exit, and pausing, stopping and resuming work with what that frees."""
