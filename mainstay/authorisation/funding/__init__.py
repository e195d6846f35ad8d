"""Money for projects: promised from funds, released by gates, returned, carried over."""
