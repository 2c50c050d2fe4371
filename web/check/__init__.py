"""The endpoint's own test page behind its personal link: camera, microphone, speakers, line to this server."""
