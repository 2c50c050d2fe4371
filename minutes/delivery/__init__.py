"""An issued notice goes out: who gets it, who has opened it, who has acknowledged it and when."""
