"""The benchmarks that the README quotes, each beside its limit: `make bench`, or `python -m bench --help`."""
