"""The pages on which an operator reviews what partners push."""
