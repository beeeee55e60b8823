"""The rows of the requirements by name, over page and API; what another file proves already is not repeated here."""
