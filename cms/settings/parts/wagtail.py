"""Wagtail and wagtail-localize: what the desk may do, and the second lines of the gate."""

from __future__ import annotations

# The gate. A translation is never made public by a click on Translate, an edit
# sends a page back to review, and an approved page is published by our action.
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
WAGTAIL_FINISH_WORKFLOW_ACTION = "cms.gate.workflow.publish_approved_workflow"

WAGTAIL_I18N_ENABLED = True
# Swedish addresses are ASCII (å becomes a); translated ones keep their script, and
# the translation engine makes those.
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAILADMIN_PERMITTED_LANGUAGES = [
    ("sv", "Svenska"),
    ("en", "English"),
    ("fi", "Suomi"),
]

# No third party learns who edits or which version runs.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False

WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}

# Uploads: formats that a reader can open and that cannot carry a script.
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpeg", "jpg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 15 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 64_000_000
WAGTAILDOCS_EXTENSIONS = [
    "csv",
    "docx",
    "mp4",
    "odp",
    "ods",
    "odt",
    "pdf",
    "pptx",
    "txt",
    "vtt",
    "webm",
    "xlsx",
]
WAGTAILIMAGES_IMAGE_FORM_BASE = "cms.core.media_forms.ImageForm"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "cms.core.media_forms.FileForm"
WAGTAILDOCS_MAX_UPLOAD_SIZE = 25 * 1024 * 1024

# Long pages have many form fields; Django's limit of 1,000 is too low for them.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# Our own classes from the start: they cannot be exchanged later.
WAGTAILIMAGES_IMAGE_MODEL = "core.ContentImage"
WAGTAILDOCS_DOCUMENT_MODEL = "core.MediaFile"
# What is scheduled stays scheduled while a later draft is under review.
WAGTAIL_WORKFLOW_CANCEL_ON_PUBLISH = False
