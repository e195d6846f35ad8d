"""Every write of deciding."""
