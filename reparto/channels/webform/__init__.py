"""How the forms of a company's own web site speak. Knows no other channel, no contact and no table."""
