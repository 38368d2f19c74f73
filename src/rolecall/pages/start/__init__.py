"""The start page: what runs here."""
