"""How long each kind of data is kept, what is held back from that, and the record of what was removed."""
