"""Progress: packages of work of a project with budget and days, and how far each was on a day."""
