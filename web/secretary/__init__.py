"""The secretary's job: correct the transcript beside its sound, edit the drafted notice, send it round."""
