"""Tests of the engine: described cases, and properties against naive models. No database."""
