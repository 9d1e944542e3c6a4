"""The settings of a real worker that a test starts: those of the tests, with mail that really leaves."""

from vetovoima.config.settings.test import *  # noqa: F403 - one settings file builds on another

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
