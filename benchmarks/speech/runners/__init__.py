"""One program for each system: a sound goes in, a hypothesis file comes out. Each runs in a process of its own."""
