"""Gates: what a project shows before it enters a stage, and what was decided."""
