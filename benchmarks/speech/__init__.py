"""Our whole way from sound to named speakers beside three others, in one run: a JSON line for each system.

`references` reads the gold answers, `systems` says what is run, `runners` are the programs of the others and of ours,
`measuring` starts them and counts what they cost, `figures` compares with the gold answers, `pictures` draws.
"""
