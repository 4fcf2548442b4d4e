"""Where what is said about an application is kept, and what open pages watch for it."""

from portal_app.models import Application
from portal_app.services import messages, uploads

OWNER = "application"


def thread_of(application: Application) -> messages.Thread:
    """Return the conversation about an application."""
    return messages.Thread(OWNER, application.id)


def files_topic(application: str) -> str:
    """Return the topic of an application's documents and of those asked for."""
    return uploads.topic_of(OWNER, application)
