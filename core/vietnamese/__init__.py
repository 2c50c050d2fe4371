"""Vietnamese as it is said and as it is written: numbers, days, hours and symbols of documents, in both directions.

Pure rules over plain strings, for every room: words of a recogniser or of a typist go in, figures (or the syllables in
which figures are said) come out. `cardinals` values number words, `figures` writes them, `symbols` writes the number of
a document, `readings` says figures aloud.
"""
