"""A casebook of every schema there was, kept as it was: each later program must open it and find everything in it.

`python -m tests.old_casebooks.keep` keeps one of the present schema, with at least one act of every kind. It is done
once, when a schema leaves the house; from then on its migration and its casebook never change.
Everything in it is generated, and its keys lie open beside it: it protects nobody.
"""
