"""Logs of the processes that serve."""

import logging

from rolecall.settings import Settings
from rolecall.web.logs import configure_logs


def set_up_logs(settings: Settings) -> None:
    """Log as the settings say. Uvicorn's own words are left out: we say ourselves when a server starts and stops."""
    configure_logs(style=settings.log_format, level=settings.log_level)
    logging.getLogger("uvicorn").setLevel(logging.WARNING)
