"""Tests of the room `conversations`."""
