"""Migrations of `reports`: named, safe while the old code runs, never edited once released."""
