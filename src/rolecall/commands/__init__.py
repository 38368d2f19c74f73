"""The commands of `rolecall`, a module for each group. `rolecall.cli` puts them together."""
