"""Received recordings: kept byte for byte, whatever happens to their processing."""
