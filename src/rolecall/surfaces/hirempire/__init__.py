"""Source tracking: the HirEmpire contract."""
