"""Full-text search over all articles, with or without Vietnamese diacritics in the query.

A *word* is a run of letters and digits, in Vietnamese one syllable. A *term* is what one look-up asks for: a word or a
bigram of adjacent words, in the whole article or in its title. A *token* is a term as the database stores it.

analysis                    text to words, words to terms and tokens
query, conjunction          the parsed query, and the conjunctions of terms that answer it
completions, spelling       prefixes of syllables; corrections of words that no article has
scope                       filters: visibility, category, event, source, days
ranking, snippets           scores; passages with highlighted hits
results                     what views, forms and the admin use
backends/                   SQLite FTS5 and PostgreSQL GIN behind one interface
index/                      entries, their synchronisation with the articles, consistency check, rebuild
"""
