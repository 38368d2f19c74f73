"""A made-up system of records, to try everything without an account anywhere."""
