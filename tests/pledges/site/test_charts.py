"""Survey figures on a page: a sentence, a picture and a table that say the same."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from bs4 import BeautifulSoup
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils import translation

from cms.reading.languages import source_code
from cms.reading.library import Library
from cms.reading.selections import of_types
from cms.reading.shared import texts
from cms.site import formatting
from pledges.models import SurveyResult
from pledges.reading.charts import INDICATOR, SURVEY, WithCharts, charts_of
from pledges.site.chart_drawing import draw
from tests.cms.site import readings
from tests.factories.charts import demo_charts, indicator, result, series, survey
from tests.factories.pages import publish
from tests.factories.pledges import make_indicator, make_survey

TAGS = ["sv", "fi", "en", "ar", "so"]


def page_with(charts, tag="sv", **changes):
    """The HTML of a page that shows the charts, in the order of their keys."""
    block = {"type": "chart", "id": "diagram", "indicators": [*charts, "borta"]}
    reading = readings.reading(tag, details=WithCharts(charts=charts), **changes)
    reading.document["body"] = [block]
    context = {
        "reading": reading,
        "language": reading.requested,
        "site_name": "Sandvikens kommun",
        "report_href": "mailto:kontakt@example.org",
        "canonical_url": "https://www.sandviken.example/",
        "base_url": "https://www.sandviken.example",
    }
    with translation.override(tag):
        return render_to_string("site/page.html", context)


def soup_of(charts, tag="sv", **changes):
    return BeautifulSoup(page_with(charts, tag, **changes), "html.parser")


def drawn(chart, tag="sv"):
    return draw(chart, str, write_level=str, mirrored=tag == "ar")


def lines_of(figure):
    return figure.select(".chart__lines line")


def number(share):
    return float(share.removesuffix("%"))


@pytest.mark.parametrize("tag", TAGS)
def test_page_shows_every_chart_whose_figures_are_public(tag):
    soup = soup_of(demo_charts(), tag)

    assert len(soup.select("figure.chart")) == 4
    assert len(soup.select("svg.chart__picture[role=img]")) == 4


def test_picture_is_named_by_its_title_and_its_summary():
    soup = soup_of(demo_charts())
    for picture in soup.select("svg.chart__picture"):
        title, summary = picture["aria-labelledby"].split()
        assert soup.find(id=title).get_text(strip=True)
        assert "2025" in soup.find(id=summary).get_text()
    ids = [tag["id"] for tag in soup.select("[id]")]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("tag", TAGS)
def test_page_needs_no_style_and_no_script(tag):
    html = page_with(demo_charts(), tag)

    # Data for search engines is no program.
    program = r"<script(?![^>]*\ssrc=)(?! type=\"application/ld\+json\")"
    assert not re.search(rf"<style|\sstyle=|\son\w+=|{program}", html)
    assert "charts.css" in html
    assert finders.find("pledges/charts.css")


def test_page_without_charts_does_not_load_their_styles():
    assert "charts.css" not in page_with({})


def test_no_line_runs_across_a_change_of_method():
    chart = series(
        (2017, "10"), (2019, "20"), (2021, "90"), (2023, "80"), breaks={2021}
    )
    (figure,) = soup_of({"ute": chart}).select("figure.chart")
    gap = number(figure.select_one(".chart__breaks line")["x1"])

    assert len(lines_of(figure)) == 2
    for line in lines_of(figure):
        sides = {number(line["x1"]) < gap, number(line["x2"]) < gap}
        assert len(sides) == 1


def test_segments_differ_in_shape_and_are_told_apart_in_words():
    chart = demo_charts()["ute"]
    (figure,) = soup_of({"ute": chart}).select("figure.chart")
    shapes = {dot.shape for dot in drawn(chart).dots}
    legend = figure.select_one(".chart__legend").get_text(" ", strip=True)

    assert shapes == {"circle", "diamond"}
    assert "2017–2019" in legend
    assert "2021–2025" in legend
    assert figure.select(".chart__picture circle")
    assert figure.select(".chart__picture path")
    assert "2021 ändrade vi sättet att fråga." in figure.get_text()


def test_change_without_a_note_is_explained_all_the_same():
    chart = series((2019, "1"), (2021, "2"), (2023, "3"), breaks={2021})
    (note,) = soup_of({"ute": chart}, "en").select(".chart__note")

    assert "2021" in note.get_text()
    assert "compared" in note.get_text()


def test_one_series_needs_no_legend():
    assert not soup_of({"ute": series((2021, "1"), (2023, "2"))}).select(
        ".chart__legend"
    )


def test_time_runs_as_the_reader_reads():
    chart = demo_charts()["ute"]
    left = [dot.place.left for dot in drawn(chart).dots]
    right = [dot.place.left for dot in drawn(chart, "ar").dots]

    assert left == sorted(left)
    assert right == sorted(right, reverse=True)
    assert right == pytest.approx([100 - x for x in left])
    (picture,) = soup_of({"ute": chart}, "ar").select(".chart__picture")
    years = picture.select(".chart__years text")
    assert min(years, key=lambda text: number(text["x"])).get_text() == "2025"
    assert {t["x"] for t in picture.select(".chart__levels text")} == {"100%"}


def test_years_keep_their_distances():
    dots = drawn(series((2017, "1"), (2019, "2"), (2023, "3"))).dots
    first, second, third = (dot.place.left for dot in dots)

    assert third - second == pytest.approx(2 * (second - first))


def test_higher_values_stand_higher_and_inside_the_picture():
    low, high = drawn(series((2021, "10"), (2023, "50"), margin="5")).dots

    assert high.place.top < low.place.top
    assert high.highest.top < high.place.top < high.lowest.top
    assert all(0 < dot.highest.top < dot.lowest.top < 100 for dot in (low, high))


def test_margin_never_leaves_the_axis():
    (dot,) = drawn(series((2021, "1"), margin="50")).dots

    assert dot.lowest.y == drawn(series((2021, "1"), margin="50")).levels[0].place.y


def test_single_year_stands_in_the_middle():
    (dot,) = drawn(series((2021, "50"))).dots

    assert 40 < dot.place.left < 70


def test_labels_have_room_and_the_newest_is_always_named():
    dots = drawn(series(*((year, "50") for year in range(2005, 2026)))).dots
    named = [dot.place.left for dot in dots if dot.years]

    assert dots[-1].years == "2025"
    assert 3 <= len(named) < len(dots)
    assert all(b - a >= 13 for a, b in zip(named, named[1:], strict=False))


@pytest.mark.parametrize(
    ("tag", "percent", "index"),
    [
        ("sv", "71\u00a0%", "1,64"),
        ("fi", "71\u00a0%", "1,64"),
        ("en", "71%", "1.64"),
        ("ar", "71%", "1.64"),
        ("so", "71%", "1.64"),
    ],
)
def test_numbers_are_written_as_the_language_writes_them(tag, percent, index):
    charts = demo_charts()
    share, points = soup_of(
        {"ute": charts["ute"], "index": charts["index"]}, tag
    ).select("figure.chart")

    for figure, text in ((share, percent), (points, index)):
        assert text in figure.select_one(".chart__summary").get_text()
        assert text in figure.select_one(".chart__values").get_text()
        assert text in figure.select_one(".chart__data td bdi").get_text()


def test_numbers_stand_apart_from_a_text_from_the_right():
    figure = soup_of(demo_charts(), "ar").select_one("figure.chart")

    for cell in figure.select(".chart__data td, .chart__groups td"):
        assert cell.select_one("bdi")["dir"] == "ltr"


def test_table_has_every_figure_newest_first_without_being_asked():
    figure = soup_of(demo_charts()).select_one("figure.chart")
    rows = [
        [cell.get_text(" ", strip=True) for cell in row.select("th, td")]
        for row in figure.select(".chart__data tbody tr")
    ]

    assert [row[0][:4] for row in rows] == ["2025", "2023", "2021", "2019", "2017"]
    assert [len(row[0]) > 4 for row in rows] == [False, False, True, False, False]
    assert rows[0][1:] == ["71\u00a0%", "±\u20603,4", "732"]


def test_groups_of_the_last_year_stand_beside_the_chart():
    genders, ages = (
        soup_of(demo_charts()).select("figure.chart")[0].select(".chart__groups")
    )
    first = genders.select_one("tbody tr")

    assert "2025" in genders.caption.get_text()
    assert "62\u00a0%" in first.get_text()
    assert "365" in first.get_text()
    assert first.select_one("rect")["width"] == "62.00%"
    assert len(ages.select("tbody tr")) == 3


def test_bars_start_where_the_reader_starts():
    bar = soup_of(demo_charts(), "ar").select_one(".chart__bar rect")

    assert (bar["x"], bar["width"]) == ("38.00%", "62.00%")


def test_page_says_who_asked_how_many_and_how_sure_it_is():
    facts = soup_of(demo_charts(), "sv").select_one(".chart__facts")
    text = facts.get_text(" ", strip=True)

    assert "Trygghetsmätning 2025" in text
    assert "1\u00a0200" in text
    assert "732" in text
    assert "61\u00a0%" in text
    assert "3,4" in text


def test_report_is_linked_when_there_is_one():
    chart = charts_of(
        {"ute": indicator()},
        [survey(2025, result("71"), report_url="https://a.example/")],
    )["ute"]
    link = soup_of({"ute": chart}).select_one(".chart__facts a")

    assert (link["href"], link.get_text()) == (
        "https://a.example/",
        "Trygghetsmätning 2025",
    )


def test_figures_to_compare_with_stand_in_the_table():
    compared = result("71", comparison_area="Gävleborg", comparison_value="68.4")
    chart = charts_of({"ute": indicator()}, [survey(2025, compared)])["ute"]
    table = soup_of({"ute": chart}).select_one(".chart__data").get_text(" ", strip=True)

    assert "Gävleborg : 68,4\u00a0%" in table
    assert "71,0\u00a0%" in table


def test_words_in_another_language_are_marked():
    chart = charts_of(
        {"ute": indicator(label="Trygg ute", html_lang="sv")},
        [survey(2025, result("71"))],
    )["ute"]
    title = soup_of({"ute": chart}, "ar").select_one(".chart__title")

    assert (title["lang"], title["dir"]) == ("sv", "ltr")
    assert (
        not soup_of({"ute": series((2025, "71"))})
        .select_one(".chart__title")
        .get("lang")
    )


def test_reader_of_a_fallback_gets_the_chart_in_their_own_language():
    figure = soup_of(demo_charts(), "so", served="sv").select_one("figure.chart")

    assert figure["lang"] == "so"


def test_hostile_words_stay_words():
    chart = charts_of(
        {"ute": indicator(label="<b>x</b>", question_text="<script>a")},
        [
            survey(
                2025, result("71", dimension="total"), name="<i>y</i>", area="<u>z</u>"
            )
        ],
    )["ute"]
    html = page_with({"ute": chart})

    for text in ("<b>x", "<script>a", "<i>y", "<u>z"):
        assert text not in html


@pytest.mark.parametrize(
    ("value", "tag", "decimals", "expected"),
    [
        (1200, "sv", None, "1\u00a0200"),
        (1200, "fi", None, "1\u00a0200"),
        (1200, "en", None, "1,200"),
        (Decimal("71.50"), "sv", None, "71,5"),
        (Decimal("1.7"), "fi", 2, "1,70"),
        (Decimal("1.7"), "ar", 2, "1.70"),
        (Decimal("62.4"), "sv", 0, "62"),
        (Decimal("-1.5"), "xx", None, "-1,5"),
    ],
)
def test_number_is_written_as_the_language_writes_it(value, tag, decimals, expected):
    assert formatting.format_number(value, tag, decimals) == expected


SECRETS = ("12.34", "12,34", "45.67", "45,67", "23.45", "23,45")


def test_suppressed_cells_are_not_on_the_page(site):
    """I10: not in the picture, not in the table, not in a name or a width."""
    question = publish(make_indicator())
    asked = make_survey(n_answered=720)
    figures = [
        ("71.89", "total", "", {}),
        ("12.34", "gender", "women", {"n": 29}),
        ("45.67", "gender", "men", {"n": 691}),
        ("23.45", "area", "Storvik", {"n": 300, "suppressed": True}),
    ]
    asked.results = [
        SurveyResult(
            indicator=question, value=Decimal(value), dimension=dimension, group=group,
            **more,
        )
        for value, dimension, group, more in figures
    ]  # fmt: skip
    asked.save()
    publish(asked)
    library = Library()
    wanted = of_types(INDICATOR, SURVEY)
    found = texts(library, library.by_code[source_code()], wanted)
    charts = charts_of({each.key: each for each in found}, found)
    html = page_with(charts)

    assert "71,89" in html
    assert [secret for secret in SECRETS if secret in html] == []
    assert "Storvik" not in html
    assert not BeautifulSoup(html, "html.parser").select(".chart__groups")
