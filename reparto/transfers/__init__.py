"""
Files go in and out.

Empty until uploads and exports are built; it must not decide or assign.
"""
