"""Tests of `reparto.rules`: the rules."""
