"""Reading a finished document back and holding it against the form: two readers, one file per rule family."""
