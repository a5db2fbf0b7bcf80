"""Pages of the accounts: the own one, those of managers, and those behind personal links."""
