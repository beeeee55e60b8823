"""
Pages of the distribution rules: the ordered list and the editor that reads as a sentence (UP-1 to UP-10).

They hold no rule of the business: verbs of `reparto.rules` check and publish.
"""
