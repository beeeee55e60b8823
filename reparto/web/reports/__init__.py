"""
Reports as people see them: words, shares of a bar, places in a chart.

It measures nothing; `reparto.reports` does.
"""
