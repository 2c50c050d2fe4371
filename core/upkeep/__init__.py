"""What the house does by itself every day: anchors of the trail, and data whose time is up."""
