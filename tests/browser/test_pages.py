"""The pages in a browser: what leads where, that nothing foreign runs, that they fit and can be used by everybody."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
QUERY = "一楼业主反对加装电梯"


def first_hit(page: Page, address: str, query: str = QUERY) -> str:
    """Search and give the address of the first hit."""
    page.goto(f"{address}/?q={quote(query)}")
    return str(page.locator(".hitlist h2 a").first.get_attribute("href"))


def addresses(page: Page, library: str) -> dict[str, str]:
    report = first_hit(page, library).partition("?")[0]
    page.goto(library + report)
    entity = page.locator(".group a[href^='/entities/']").first.get_attribute("href")
    return {
        "home": "/",
        "hits": f"/?q={quote(QUERY)}&explain=1",
        "nothing": f"/?q={quote('量子计算机')}",
        "precedents": f"/?mode=precedents&q={quote(QUERY + '，高层愿意补偿，怎么谈？')}",
        "report": report,
        "place": f"{report}?at=40-80#here",
        "source": f"{report}/source?at=40-80#here",
        "entity": str(entity),
    }


def test_every_page_fits_and_is_accessible(page: Page, library: str) -> None:
    for name, path in addresses(page, library).items():
        page.goto(library + path)
        width = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
        assert width[0] <= width[1], name
        for details in page.locator("details:not([open]) > summary").all():
            if details.is_visible():
                details.click()
        width = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
        assert width[0] <= width[1], f"{name}, opened"
        violations = Axe().run(page).response["violations"]
        assert [(item["id"], [node["html"] for node in item["nodes"]][:3]) for item in violations] == [], name


def test_a_question_is_sent_with_enter_and_leads_to_the_sentence(page: Page, library: str) -> None:
    page.goto(library)
    page.get_by_role("textbox").fill(QUERY)
    page.get_by_role("textbox").press("Enter")
    expect(page).to_have_url(re.compile(r"\?q="))
    expect(page.locator(".hitlist > li").first).to_contain_text("电梯")
    assert page.locator(".hitlist mark").count() > 0
    page.locator(".hitlist h2 a").first.click()
    expect(page.locator("#here").first).to_be_in_viewport()
    expect(page.get_by_role("heading", level=1)).to_contain_text("加装电梯")


def test_filters_and_modes_have_addresses_of_their_own(page: Page, library: str) -> None:
    page.goto(f"{library}/?q={quote('社区')}")
    before = page.locator(".total").inner_text()
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    choice = page.locator(".facets li a", has=page.locator(".count")).last
    choice.click()
    expect(page.locator(".facets a.chosen")).to_have_count(1)
    narrowed = page.url
    page.goto(library)
    page.goto(narrowed)
    expect(page.locator(".facets a.chosen")).to_have_count(1)
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    page.locator(".facets a.chosen").click()
    expect(page.locator(".total")).to_have_text(before)
    page.get_by_role("link", name="找同类").click()
    expect(page).to_have_url(re.compile(r"mode=precedents"))
    expect(page.get_by_role("textbox")).to_have_value("社区")


def test_a_mark_leads_to_its_fact_and_back(page: Page, library: str) -> None:
    page.goto(library + first_hit(page, library).partition("?")[0])
    mark = page.locator(".text .f a[href^='#f-']").first
    fact = str(mark.get_attribute("href"))
    mark.click()
    expect(page.locator(fact)).to_be_in_viewport()
    page.locator(fact).get_by_role("link", name="回正文").click()
    back = page.locator("#" + fact.removeprefix("#f-").join(("m-", ""))).first
    expect(back).to_be_in_viewport()
    expect(back).to_contain_text(mark.inner_text())


def test_every_fact_is_led_to_from_the_text(plain: Page, library: str) -> None:
    plain.goto(library + first_hit(plain, library).partition("?")[0])
    facts = {str(item.get_attribute("id")) for item in plain.locator(".factlist li").all()}
    links = {str(item.get_attribute("href")).removeprefix("#") for item in plain.locator(".text a[href^='#f-']").all()}
    assert facts
    assert facts == links
    marks = {f"m-{identifier.removeprefix('f-')}" for identifier in facts}
    assert marks == {str(item.get_attribute("id")) for item in plain.locator(".text .f[id]").all()}


def test_a_card_s_sentence_leads_to_its_place(page: Page, library: str) -> None:
    page.goto(library + first_hit(page, library).partition("?")[0])
    cited = page.locator(".card dd a[href^='#s-']").first
    words = cited.inner_text()
    target = str(cited.get_attribute("href"))
    cited.click()
    expect(page.locator(target).first).to_be_in_viewport()
    assert words.startswith(page.locator(target).first.inner_text().strip())
    expect(page.locator(".card").first).to_contain_text("文中未记载")
    assert page.locator(".card dt").all_inner_texts()[-1] == "出处"


def test_kinds_of_marks_can_be_hidden(plain: Page, library: str) -> None:
    plain.goto(library + first_hit(plain, library).partition("?")[0])
    mark = plain.locator(".text .k-measure").first
    assert mark.evaluate("e => getComputedStyle(e).backgroundColor") != "rgba(0, 0, 0, 0)"
    plain.locator("#show-measure").uncheck()
    assert mark.evaluate("e => getComputedStyle(e).backgroundColor") == "rgba(0, 0, 0, 0)"


def test_the_source_text_shows_the_same_words(page: Page, library: str) -> None:
    page.goto(library + first_hit(page, library))
    words = "".join(page.locator("mark.here").all_inner_texts())
    page.goto(page.url.replace("?at=", "/source?at="))
    shown = "".join(page.locator("#here").all_inner_texts())
    assert re.sub(r"\s", "", words)[:20] in re.sub(r"\s", "", shown)
    expect(page.locator("#here")).to_be_in_viewport()


def test_a_row_of_an_entity_opens_its_sentence(page: Page, library: str) -> None:
    page.goto(library + addresses(page, library)["entity"])
    row = page.locator(".links-table details").first
    row.locator("summary").click()
    expect(row.locator("blockquote").first).to_be_visible()
    row.locator(".from a").first.click()
    expect(page.locator("#here").first).to_be_in_viewport()


def test_pages_work_without_scripts(plain: Page, library: str) -> None:
    plain.goto(library)
    plain.get_by_role("textbox").fill(QUERY)
    plain.get_by_role("button", name="检索").click()
    assert plain.locator(".hitlist > li").count() > 0
    plain.locator(".hitlist h2 a").first.click()
    expect(plain.locator("#here").first).to_be_in_viewport()


def test_script_in_text_title_key_and_query_never_runs(page: Page, library: str) -> None:
    page.add_init_script("window.hacked = undefined;")
    report = first_hit(page, library, "垃圾分类督导员")
    attack = quote("<script>window.hacked=1</script><img src=x onerror='window.hacked=1'>")
    paths = [report, report.partition("?")[0] + "/source", f"/?q={attack}", f"/?mode=precedents&q={attack}", f"/?q=x&collection={attack}"]
    for path in [f"/?q={quote('垃圾分类督导员')}", *paths]:
        page.goto(library + path)
        assert page.evaluate("window.hacked") is None, path
        assert page.locator("img").count() == 0, path
        assert page.locator("script:not([src])").count() == 0, path
    page.goto(library + report)
    expect(page.locator("main")).to_contain_text("<script>window.hacked=1</script>")


def test_what_is_not_there_is_told_in_chinese(plain: Page, library: str) -> None:
    for path in ("/reports/none", "/entities/none", "/nowhere"):
        answer = plain.goto(library + path)
        assert answer is not None
        assert answer.status == 404
        expect(plain.get_by_role("link", name="回到检索")).to_be_visible()
        assert "没有" in plain.locator("main").inner_text()


def test_on_paper_card_and_text_stand_without_the_controls(plain: Page, library: str) -> None:
    plain.goto(library + first_hit(plain, library).partition("?")[0])
    plain.emulate_media(media="print")
    for hidden in (".factlist", ".jump", ".top"):
        expect(plain.locator(hidden)).to_be_hidden()
    expect(plain.locator(".card").first).to_be_visible()
    expect(plain.locator(".text")).to_be_visible()
