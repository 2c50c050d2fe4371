"""The doors of the web room: who is calling, what they may, which headers every answer carries."""
