"""The walk: every cell of the permission table, over pages and API, and what the table says of itself."""
