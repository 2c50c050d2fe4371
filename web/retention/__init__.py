"""What data of the rooms has an end, the screen of periods and holds, and the daily removal."""
