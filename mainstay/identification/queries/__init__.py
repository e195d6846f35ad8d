"""Every read of the room worth a name."""
