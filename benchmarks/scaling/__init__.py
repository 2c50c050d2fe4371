"""How recognition is shared: workers killed at random, one worker against two, cost against length."""
