"""Pages for agencies."""
