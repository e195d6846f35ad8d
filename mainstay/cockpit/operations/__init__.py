"""What the cockpit writes down by itself while others change things."""
