"""What the suite adds to pytest: databases, browsers, shared data, and an account of what was skipped."""
