"""Two hundred people at once over a working day's mix, against the web server as it is started, and a bare page."""
