"""Commands of this room, under `mainstay manage`."""
