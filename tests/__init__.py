"""The tests of Reparto, one folder for each room; read aloud they are its specification."""
