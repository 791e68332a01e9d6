"""The schema's own version (SemVer): major when a reader breaks, minor when columns are added."""

SCHEMA_VERSION = "0.1.0"
SCHEMA_ID = "https://dateline.readthedocs.io/schema"
