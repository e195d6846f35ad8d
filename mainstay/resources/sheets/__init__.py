"""The nouns of resources as lists."""
