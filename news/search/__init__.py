"""Search over all articles, blind to marks where none are typed.

words, syllables, query    what a text is found by, and what was typed: plain functions
scope                      among which articles is searched
sqlite, postgresql         the two full-text indexes; database.py picks the one in use
entries, keeping           how entries are made, and kept in step with every change
rebuilding, binary_copy    the whole index made anew; agreement.py says whether that is needed
mending                    words that no article has, read as what was meant
ranking, snippets          the order of what was found, and the words around a hit
results                    what the pages and the admin ask
"""
