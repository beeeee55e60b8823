"""Migrations of `rules`: named, safe while the old code runs, never edited once released."""
