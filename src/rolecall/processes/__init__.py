"""Processes: how a database is made ready, an address is listened at, and web servers and workers run and stop."""
