"""Alerts: rules on any measure, what they find, and who follows up."""
