"""How well conclusions are understood: `python -m benchmarks.minutes` reads notices and meetings with gold answers."""
