"""What pages, other rooms and the engine ask of resources."""
