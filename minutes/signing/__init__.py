"""Digital signatures on PDF: keys, appearances, incremental updates, verification (Decree 30/2020, art. 13–15)."""
