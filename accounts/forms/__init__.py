"""Forms of the accounts. None of them writes."""
