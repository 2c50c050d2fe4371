"""Every interval and limit of the live transcription in one place, with what depends on what. Seconds."""

#: An utterance ends after a pause; the longer it has lasted, the shorter the pause that is enough.
LONG_PAUSE_SECONDS = 0.7
PAUSE_SECONDS = 0.45
SHORT_PAUSE_SECONDS = 0.2
LONG_UTTERANCE_SECONDS = 5.0
LONGER_UTTERANCE_SECONDS = 10.0
#: Without any pause it is cut here: longer input loses words (`engines.viet_asr.LONGEST_REGION_SECONDS`).
LONGEST_UTTERANCE_SECONDS = 15.0
SHORTEST_UTTERANCE_SECONDS = 0.25
#: Sound before the first frame of speech that belongs to it: soft beginnings.
LEAD_SECONDS = 0.3

#: Rows are written this often; the web server looks at them about as often (`web.live.stream.LOOK_SECONDS`).
WRITE_SECONDS = 0.3
#: A stream says this often that it lives, and is dead after the second time without a word.
SIGN_SECONDS = 5.0
STREAM_GRACE_SECONDS = 20.0
#: Meetings are looked at this often: has it been closed, was it classified in the meantime?
MEETING_LOOK_SECONDS = 1.0
#: Models are loaded when a meeting is so near, looked for this often, and given back when none has been for so long.
PREPARE_SECONDS = 15.0
NEAR_SECONDS = 900.0
REST_SECONDS = 1800.0
#: A connection whose meeting cannot be told from its participants is refused after this; its sound is kept meanwhile.
UNRESOLVED_SECONDS = 30.0
MOST_HELD_BYTES = 64 * 1024 * 1024
#: After the close: so long the better recogniser may take for what is still waiting; then the first words count.
REFINING_AFTER_CLOSE_SECONDS = 20.0
GIVING_UP_SECONDS = 2.0
#: The supervisor waits eight seconds after SIGTERM.
STOP_SECONDS = 4.0
#: More sound than this waiting for the better recogniser means that it cannot follow: the first words count.
MOST_WAITING_SECONDS = 60.0
#: How often closed meetings are looked for whose words nobody has published (the live process was killed).
RECONCILE_SECONDS = 10.0
#: Who speaks is told to the room's memory this often, when no later utterance can change it any more.
REMEMBER_SECONDS = 30.0
SETTLED_SECONDS = 30.0

#: Tracks of one connection, connections at once, bytes of one message (one second of sound is 32 kB).
MOST_TRACKS = 200
MOST_CONNECTIONS = 64
MOST_MESSAGE_BYTES = 1024 * 1024
#: So many messages in a row that mean nothing, and the sender is not what it says.
MOST_BAD_MESSAGES = 50
