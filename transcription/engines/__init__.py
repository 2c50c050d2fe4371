"""Recognisers, voice activity, diarisation behind one contract; nothing heavy is imported before an engine is made."""
