"""Migrations of `people`: named, safe while the old code runs, never edited once released."""
