"""Search over what the house holds: passages in one table, kept in the transaction of the change they follow.

A room says in its `indexing.py` what of its objects is found and who may find it; this package knows no room.
"""
