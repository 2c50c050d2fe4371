"""Units, people and endpoints: who there is and where they sit. No meeting is known here."""
