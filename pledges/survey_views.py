"""Reading in the results of a survey: a file goes in, a draft or a report comes out."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder

from cms.gate.staff import StaffRequest
from pledges.importing.decoding import MAX_BYTES
from pledges.importing.drafts import Outcome, import_results, require_may_import
from pledges.importing.mistakes import UnreadableFile
from pledges.importing.sheet import MAX_ROWS
from pledges.models import SafetySurvey

#: The headings to use, and what stands below them.
COLUMNS = [
    ("Indikator", gettext_lazy("The code of the question. Always needed.")),
    ("Värde", gettext_lazy("The result, such as 62,5. Always needed.")),
    (
        "Antal svar",
        gettext_lazy(
            "How many answered. The column is always needed; for everybody it may be "
            "empty. Results with few answers, or none known, are never published."
        ),
    ),
    ("Indelning", gettext_lazy("Kön, ålder or område; empty for everybody.")),
    ("Grupp", gettext_lazy("Kvinnor or män, an age such as 16-24, or a place.")),
    ("Felmarginal", gettext_lazy("The margin of error, in the same unit.")),
    ("Jämförelse", gettext_lazy("A region or country to compare with.")),
    ("Jämförelsevärde", gettext_lazy("The result there.")),
    ("Dold", gettext_lazy("Ja, when the result must never be published.")),
]


class ResultsFileForm(forms.Form):
    """The file. Whether it is one that can be read is found out by reading it."""

    file = forms.FileField(
        label=gettext_lazy("CSV file"),
        help_text=gettext_lazy(
            "From a spreadsheet: save as 'CSV UTF-8'. At most 2 MB. Semicolon, comma "
            "or tab between the columns; decimal comma or point."
        ),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,text/csv"}),
    )


def import_view(request: StaffRequest, survey_id: int) -> HttpResponse:
    """Ask for a file; answer with the draft, or with a report by row (422)."""
    survey = get_object_or_404(SafetySurvey, pk=survey_id)
    require_may_import(survey, request.user)
    if request.method != "POST":
        return _show(request, survey, ResultsFileForm())
    form = ResultsFileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _show(request, survey, form, status=422)
    try:
        outcome = _read(survey, form.cleaned_data["file"], request)
    except UnreadableFile as unreadable:
        form.add_error("file", str(unreadable))
        return _show(request, survey, form, status=422)
    if outcome.problems:
        return _show(request, survey, ResultsFileForm(), outcome, status=422)
    _tell(request, outcome)
    return redirect(_edit_url(request, survey))


def _read(survey: SafetySurvey, file: Any, request: StaffRequest) -> Outcome:
    if file.size > MAX_BYTES:
        text = _("The file is larger than %(limit)s MB. Divide it into several files.")
        raise UnreadableFile(text % {"limit": MAX_BYTES // (1024 * 1024)})
    return import_results(survey, file, by=request.user)


def _tell(request: StaffRequest, outcome: Outcome) -> None:
    text = ngettext(
        "%(count)d result was read in and saved as a draft.",
        "%(count)d results were read in and saved as a draft.",
        outcome.added + outcome.replaced,
    )
    messages.success(request, text % {"count": outcome.added + outcome.replaced})
    for remark in outcome.remarks:
        messages.warning(request, remark)
    if outcome.kept_inside:
        text = ngettext(
            "%(count)d result of the draft will not be shown to readers, because few "
            "people stand behind it or it could be worked out.",
            "%(count)d results of the draft will not be shown to readers, because few "
            "people stand behind them or they could be worked out.",
            outcome.kept_inside,
        )
        messages.warning(request, text % {"count": outcome.kept_inside})


def _show(
    request: StaffRequest,
    survey: SafetySurvey,
    form: ResultsFileForm,
    outcome: Outcome | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    context = {
        "survey": survey,
        "form": form,
        "outcome": outcome,
        "edit_url": _edit_url(request, survey),
        "columns": COLUMNS,
        "max_rows": f"{MAX_ROWS:,}".replace(",", "\u00a0"),
    }
    return render(request, "pledges/admin/import_results.html", context, status=status)


def _edit_url(request: StaffRequest, survey: SafetySurvey) -> str:
    return AdminURLFinder(request.user).get_edit_url(survey) or "wagtailadmin_home"
