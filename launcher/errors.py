"""What can keep the launcher from going on."""


class Refusal(Exception):
    """Something a person must know or do first: shown as a sentence, never as a traceback."""
