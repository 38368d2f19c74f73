"""Rolecall: one job record behind five public recruiting APIs."""
