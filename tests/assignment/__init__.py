"""Tests of the room `assignment`."""
