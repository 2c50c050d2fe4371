"""A transcript goes in, a file in a format of the outside world comes out."""
