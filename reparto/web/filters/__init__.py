"""
The builder of a filter that rules, flows and lists share: groups of conditions, as a form, as a filter, as a sentence.

It knows no page that uses it; what a field means and what fits it are told by `engine` and `contacts`.
"""
