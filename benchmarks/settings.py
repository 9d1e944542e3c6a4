"""The product's own settings, on the generated data, with two addresses more."""

import os

from vetovoima.config.settings.demo import *

ROOT_URLCONF = "benchmarks.urls"
VETOVOIMA_DEMO = False
if os.environ.get("BENCH_CACHE") == "off":
    CACHES["pages"] = {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
