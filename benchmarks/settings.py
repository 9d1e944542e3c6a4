"""The product's own settings, on the generated data, with two addresses more."""

import os

from vetovoima.config.settings.demo import *

ROOT_URLCONF = "benchmarks.urls"
# outside every layer of the product: what the server and Django's handler cost alone
MIDDLEWARE = ["benchmarks.urls.Empty", *MIDDLEWARE]
# measured as in production; only loading the labelled examples needs a demonstration
VETOVOIMA_DEMO = os.environ.get("BENCH_EXAMPLES") == "on"
if os.environ.get("BENCH_CACHE") == "off":
    CACHES["pages"] = {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
