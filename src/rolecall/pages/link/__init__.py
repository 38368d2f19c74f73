"""The page on which a customer links a system of records."""
