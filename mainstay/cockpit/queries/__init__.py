"""What the pages of the cockpit read across the rooms below."""
