"""What the pages of review read."""
