"""How WhatsApp speaks: Meta's Cloud API, in and out. Knows no other channel, no contact and no table."""
