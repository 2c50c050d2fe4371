"""What recognisers invent: rules that mark it. Nothing is deleted here."""
