"""Settings: `base` is shared; `demo`, `production` and `test` are chosen by DJANGO_SETTINGS_MODULE."""
