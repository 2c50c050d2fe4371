"""What is said in the room while it is said: the process that hears (`listen`), and the screens that show it."""
