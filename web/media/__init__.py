"""Sound and papers as bytes: served from storage in ranges, to those who may."""
