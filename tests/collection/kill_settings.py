"""The settings of a worker that a test kills: those of the tests, with the folder in which the test's files lie."""

import os

from vetovoima.config.settings.test import *  # noqa: F403

MEDIA_ROOT = os.environ["KILL_MEDIA"]
