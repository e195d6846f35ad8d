"""Every read of monitoring worth a name."""
