"""
Pages: people come in by the browser.

A view checks access, calls one verb and renders; it holds no rule of the business.
"""
