"""The command line `diemcau`: one module per command, loaded only when it is called.

In: words and settings. Out: exit code 0 done, 1 the result says no, 2 wrong call or bad input with one clear line.
"""
