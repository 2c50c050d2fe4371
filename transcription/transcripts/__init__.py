"""Published transcripts and their revisions: the machine's text first, then every correction, none overwritten."""
