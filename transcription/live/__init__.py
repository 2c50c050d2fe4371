"""What is said in the room while it is said: sound of each endpoint comes in by WebSocket, words go out, row by row.

A process of its own (`server`) hears; the web server only reads the rows. At the close of a meeting the rows become a
transcript (`publishing`), which the recording's own pass replaces later.
"""
