"""Progress: packages of work of a project with budget and days, how far each was on a day, and what that has earned.

The plan is what was known of the packages when the current baseline was frozen; what is earned is told by the rule of
each package at the end of each month.
"""
