"""The words the importer uses to an editor, by stable code.

Message ids are English; the Swedish catalogue has the rest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from articles.importing.model import UnreadableFile

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

ERRORS: dict[str, _StrPromise] = {
    "empty": _("The file is empty."),
    "too_large": _("The file is larger than %(limit)s MB."),
    "binary": _("The file is not text. Save the page as text or HTML and try again."),
    "pdf": _("The file is a PDF. Save the page as text or HTML and try again."),
    "office": _("The file is an office document. Save it as plain text and try again."),
    "encoding": _("The file says that it is %(encoding)s, but it cannot be read so."),
    "too_deep": _("The HTML is nested more than %(limit)s levels deep."),
    "too_many_tags": _("The HTML has more than %(limit)s tags."),
}

REASONS: dict[str, _StrPromise] = {
    "interface": _("Part of the web page's own controls."),
    "cookies": _("A notice about cookies."),
    "breadcrumb": _("The page's place in the menu."),
    "separator": _("Only punctuation."),
    "repeated": _("Repeats the contact details or the title."),
    "empty_label": _("A label without a value."),
    "head": _("Belongs to the page's technical head."),
    "script": _("Program code or style sheet."),
    "comment": _("A comment in the HTML."),
    "hidden": _("Hidden on the page."),
    "navigation": _("A menu."),
    "form": _("A form or a button."),
    "outside": _("Outside the main content of the page."),
    "before_title": _("Stands before the title."),
    "after_text": _("Stands after the text and is not a sentence."),
    "image": _("An image. Upload it and describe it."),
    "image_caption": _("Belongs to an image."),
    "embed": _("Embedded media."),
    "aside": _("Stands beside the text."),
    "page_owner": _("Names who is responsible for the page."),
    "second_contact": _("Further contact details."),
    "contact_detail": _("A contact detail that the contact block has no field for."),
    "second_date": _("Another date of the page."),
    "second_report": _("Another address for reporting errors."),
    "bad_date": _("Not a date that exists."),
    "fact_rest": _("Stood beside the page's date or address for errors."),
}

NOTICES: dict[str, _StrPromise] = {
    "encoding_assumed": _(
        "The file does not say how it is encoded, or says it wrongly; "
        "%(encoding)s was assumed. Check å, ä and ö."
    ),
    "damaged_letters": _(
        "Some letters look damaged (for example “%(example)s”). "
        "They were so in the file."
    ),
    "controls_removed": _("%(count)s invisible control characters were removed."),
    "html_in_text": _("The file is named as plain text but holds HTML."),
    "no_title": _("No title was found."),
    "title_from_head": _("The title was taken from the page's technical head."),
    "title_long": _("The title is %(length)s characters; the limit is %(limit)s."),
    "no_ingress": _("No lead was found."),
    "ingress_long": _("The lead is %(length)s characters; the limit is %(limit)s."),
    "ingress_markup": _("Links or emphasis in the lead were not kept."),
    "heading_level": _("The level of the heading “%(heading)s” was changed."),
    "hyphen": _("“%(word)s” was divided at the end of a line. Check the hyphen."),
    "nested_list": _("A list inside a list was made into one list."),
    "possible_quote": _(
        "Possible quote: %(who)s – mark where the quote begins and ends."
    ),
    "quote_continues": _(
        "The text after the quote from %(who)s may belong to the quote."
    ),
    "quote_without_name": _("A quote without a name was kept as a paragraph."),
    "table_headers": _("Check the header row of the table that begins “%(cell)s”."),
    "table_simplified": _(
        "Merged cells or links were lost in the table that begins “%(cell)s”."
    ),
    "link_removed": _("The link from “%(text)s” to “%(href)s” was not kept."),
    "scheme_assumed": _("“%(address)s” was taken to be an https address."),
    "date_without_time": _("The page's date has no time of day; midnight was used."),
    "hours_unstructured": _("The opening hours were kept as text only."),
    "contact_proposed": _(
        "Contact details were found; compare with the contact block."
    ),
}


def unreadable(code: str, **values: object) -> UnreadableFile:
    """Return the error for this code, worded in the active language."""
    return UnreadableFile(str(ERRORS[code]) % values, code=code)
