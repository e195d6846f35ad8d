"""Gate models: which projects they are for, and what each gate asks."""
