"""Tests of `reparto.people`: who answers."""
