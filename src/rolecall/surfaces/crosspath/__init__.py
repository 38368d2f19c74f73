"""Partner intake: the CrossPath contract."""
