"""The workspace's own records."""
