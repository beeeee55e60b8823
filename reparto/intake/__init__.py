"""
A message comes in: raw deliveries are stored, then understood and handed on.

It must not choose anybody; that is assignment's.
"""
