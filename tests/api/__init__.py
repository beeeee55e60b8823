"""Tests of the REST contract."""
