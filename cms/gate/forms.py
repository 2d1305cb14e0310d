"""The reviewer's decision as a form. What it means is the gate's business."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.gate import actions
from cms.gate.errors import Issue, NotFit
from cms.gate.models import Decision, Significance
from cms.gate.reviews import Review

APPROVE, SEND_BACK = "approve", "send_back"
EXAMINED, UNREVIEWED = "examined", "unreviewed"
_DATETIME_LOCAL = "%Y-%m-%dT%H:%M"


class MomentField(forms.DateTimeField):
    """A date and time as a browser asks for it; it may be left empty."""

    widget = forms.DateTimeInput(
        format=_DATETIME_LOCAL, attrs={"type": "datetime-local"}
    )

    def __init__(self, **facts: Any) -> None:
        super().__init__(required=False, input_formats=[_DATETIME_LOCAL], **facts)


class WithdrawalForm(forms.Form):
    """Why a text is taken off the site, for whoever looks for it."""

    reason = forms.CharField(
        label=_("Why, for readers"),
        help_text=_("Stands where the text was, as you write it, in every language."),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


def reason_for_readers(request: HttpRequest) -> str:
    """Return the reason that was typed; raises ``NotFit`` when it cannot be told."""
    form = WithdrawalForm(request.POST)
    if not form.is_valid():
        messages = form.errors["reason"]
        raise NotFit([Issue("reason", str(each), "reason") for each in messages])
    return " ".join(form.cleaned_data["reason"].split())


class DecisionForm(forms.Form):
    """Approve the revision that was read, or send it back with a reason.

    Which questions are asked depends on the text: significance of what has been
    public before in Swedish, and whether a machine's text was examined by a person.
    """

    revision = forms.IntegerField(widget=forms.HiddenInput)
    significance = forms.ChoiceField(
        label=_("What the change means for the translations"),
        choices=Significance.choices,
        initial=Significance.CONTENT,
        widget=forms.RadioSelect,
    )
    examined = forms.ChoiceField(
        label=_("A machine has written all or part of this text"),
        widget=forms.RadioSelect,
    )
    go_live_at = MomentField(
        label=_("Publish at"),
        help_text=_("Leave empty to publish as soon as you approve."),
    )
    expire_at = MomentField(
        label=_("Take off the site at"),
        help_text=_("Leave empty to let it stay. Every language goes with it."),
    )
    comment = forms.CharField(
        label=_("Your comment"),
        help_text=_("Needed when you send back: say what should be mended."),
        required=False,
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, review: Review, data: Any = None) -> None:
        clock = review.clock
        initial = {
            "revision": review.revision.pk,
            "go_live_at": clock.go_live_at,
            "expire_at": clock.expire_at,
        }
        super().__init__(data, initial=initial)
        self.review = review
        self.outcome = APPROVE
        if data is not None and data.get("decision") == SEND_BACK:
            self.outcome = SEND_BACK
        provenance = review.obj.provenance(review.revision)
        if provenance.origin != "source" or review.is_first:
            del self.fields["significance"]
        if not review.sets_the_end:
            del self.fields["expire_at"]
        for name in {"go_live_at", "expire_at"} & set(self.fields):
            field = self.fields[name]
            field.help_text = f"{field.help_text} {clock.zone}"
        if provenance.origin.startswith("machine"):
            self._ask_whether_examined(review)
        else:
            del self.fields["examined"]
        if self.outcome == SEND_BACK:
            for name in {"significance", "examined"} & set(self.fields):
                self.fields[name].required = False

    def _ask_whether_examined(self, review: Review) -> None:
        choices = [
            (EXAMINED, _("I have examined the whole text against the Swedish text"))
        ]
        if review.text.allows_unreviewed_machine_text():
            label = _("Publish as machine translated – not examined")
            choices.append((UNREVIEWED, label))
        self.fields["examined"].choices = choices  # type: ignore[attr-defined]

    def clean_go_live_at(self) -> Any:
        moment = self.cleaned_data["go_live_at"]
        if self.outcome == APPROVE and moment and moment <= timezone.now():
            message = _("This time has passed. Leave empty to publish now.")
            raise forms.ValidationError(message)
        return moment

    def clean_expire_at(self) -> Any:
        moment = self.cleaned_data["expire_at"]
        start = self.cleaned_data.get("go_live_at") or timezone.now()
        if self.outcome == APPROVE and moment and moment <= start:
            message = _("It would be taken off before it is published.")
            raise forms.ValidationError(message)
        return moment

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.outcome == SEND_BACK and not cleaned.get("comment", "").strip():
            message = _("Say why, so that it can be mended.")
            self.add_error("comment", message)
        return cleaned

    def carry_out(self) -> Decision:
        """Take the decision; raises what the gate raises."""
        facts, review = self.cleaned_data, self.review
        if self.outcome == SEND_BACK:
            return actions.send_back(
                review.obj,
                by=review.reader,
                revision_id=facts["revision"],
                comment=facts["comment"],
            )
        return actions.approve(
            review.obj,
            by=review.reader,
            revision_id=facts["revision"],
            significance=facts.get("significance") or Significance.CONTENT,
            examined=facts.get("examined", EXAMINED) == EXAMINED,
            go_live_at=facts["go_live_at"],
            expire_at=facts.get("expire_at"),
            comment=facts["comment"],
        )

    def as_read_now(self) -> DecisionForm:
        """Return the form for the latest revision, with what was typed in this one."""
        data = {**dict(self.data.items()), "revision": str(self.review.revision.pk)}
        return DecisionForm(self.review, data)
