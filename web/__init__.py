"""The composition root and the screens: one blueprint per user's job, the JSON API and the hooks of the conference."""
