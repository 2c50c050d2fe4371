"""Recognisers, voice activity and diarisation behind one contract; nothing heavy is imported until an engine is made."""
