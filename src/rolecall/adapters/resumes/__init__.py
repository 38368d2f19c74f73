"""Resumes read on this machine, each in a process of its own with limits, by kept libraries and plain rules."""
