"""Unified ATS API: the Bindbee contract."""
