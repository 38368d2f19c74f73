"""The API reference of each contract, readable offline."""
