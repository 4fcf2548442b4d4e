"""What open pages watch of an application: what is answered, what is written, and all the rest.

Answers are told apart because they come by the second while people fill in together.
"""


def topic_of(application_id: str) -> str:
    """Return the topic of an application, its parties, links and forms; not of the answers."""
    return f"application:{application_id}"


def answers_topic(application_id: str) -> str:
    """Return the topic of what is answered in the forms of an application."""
    return f"application-answers:{application_id}"


def log_topic(application_id: str) -> str:
    """Return the topic of an application's conversation."""
    return f"application-log:{application_id}"
