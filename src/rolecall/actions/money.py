"""Money: the currencies there are."""

from babel import Locale

# Codes of ISO 4217, past ones too: old postings are paid in them.
CURRENCIES: frozenset[str] = frozenset(Locale("en").currencies)
