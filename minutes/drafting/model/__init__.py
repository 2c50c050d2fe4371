"""A second drafter: a language model inside the house proposes items, and only what it can show in the text counts.

In: a transcript or a text, the address of an OpenAI-compatible service. Out: the items of the grammar, and behind them
proposals of the model whose quoted words really stand in the text. Off unless an address is set; an address outside
the house is refused.
"""
