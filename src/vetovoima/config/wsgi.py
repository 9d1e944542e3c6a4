"""The web application. Served by granian as WSGI: asynchronous serving measured three to four times slower."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vetovoima.config.settings.production")
application = get_wsgi_application()
# What is loaded at start lives as long as the process: without it in every collection the slowest answers are faster.
gc.collect()
gc.freeze()
