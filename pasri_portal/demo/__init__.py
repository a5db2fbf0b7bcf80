"""The demonstration: the seminar of May 2014 as it is documented, and a fictional season around today.

Everything is made by the domain's own verbs, which take `now`, and goes away whole by `removal.remove()`.
"""
