"""Signed screens inside partners' pages."""
