"""The home page as visitors of it act: in two taps to what suits them, on a phone and on a wide screen."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

pytest_plugins = ("tests.browser",)
pytestmark = pytest.mark.no_cover  # what a browser shows is measured by what built it

NOW = "2026-11-20T12:00:00+04:00"
PHONE, DESK = 360, 1280


@pytest.fixture(params=[PHONE, DESK])
def page(request: pytest.FixtureRequest, chromium: Browser) -> Iterator[Page]:
    with chromium.new_context(
        viewport={"width": request.param, "height": 800}, locale="ru-RU", timezone_id="Europe/Samara"
    ) as context:
        page = context.new_page()
        page.clock.set_fixed_time(NOW)
        yield page


def test_in_two_taps_one_sees_what_is_open_to_oneself(page: Page, own_address: str) -> None:
    page.goto(f"{own_address}/")
    page.get_by_role("link", name="Инициативная группа").click()
    page.wait_for_url(f"{own_address}/grants/?who=group")
    expect(page.locator("[data-found]")).to_contain_text("для инициативных групп")
    shown = page.locator("[data-groups] [data-call]:visible")
    assert 0 < shown.count() < 55


def test_the_first_screen_of_a_phone_asks_who_one_is(chromium: Browser, own_address: str) -> None:
    with chromium.new_context(viewport={"width": PHONE, "height": 740}) as context:
        page = context.new_page()
        page.goto(f"{own_address}/")
        box = page.get_by_role("link", name="Все конкурсы").bounding_box()
        assert box
        assert box["y"] + box["height"] < 740
        assert box["height"] >= 44


def test_every_kind_of_applicant_can_be_reached(page: Page, own_address: str) -> None:
    page.goto(f"{own_address}/")
    link = page.get_by_role("link", name="Казённое учреждение")
    if not link.is_visible():
        page.get_by_text("Учреждение или бизнес").click()
    link.click()
    expect(page).to_have_url(f"{own_address}/grants/?who=treasury")


def test_the_hours_of_today_stand_beside_the_way_to_us(chromium: Browser, own_address: str) -> None:
    with chromium.new_context(viewport={"width": DESK, "height": 800}) as context:
        page = context.new_page()
        # A Thursday.
        page.clock.set_fixed_time("2026-11-19T12:00:00+04:00")
        page.goto(f"{own_address}/")
        expect(page.locator(".subs [data-hours-today]")).to_have_text("Сегодня открыто до\u00a019:00")


def test_nothing_lies_beside_the_screen_in_light_and_dark(chromium: Browser, own_address: str) -> None:
    for scheme in ("light", "dark"):
        with chromium.new_context(viewport={"width": 320, "height": 700}, color_scheme=scheme) as context:
            page = context.new_page()
            for address in ("/", "/news/", "/404.html", "/grants/rubtsovsk-2026/"):
                page.goto(own_address + address)
                assert page.evaluate("document.documentElement.scrollWidth") == 320, address


def test_the_foot_of_a_slip_says_how_many_days_are_left_only_while_time_presses(
    chromium: Browser, own_address: str
) -> None:
    grounds = []
    for now in ("2026-11-23T12:00:00+04:00", "2026-11-26T12:00:00+04:00"):
        with chromium.new_context(viewport={"width": DESK, "height": 800}) as context:
            page = context.new_page()
            page.clock.set_fixed_time(now)
            page.goto(f"{own_address}/grants/dvor-zimoy-2026/")
            foot = page.locator(".slip--l > .status")
            grounds.append(foot.evaluate("foot => getComputedStyle(foot).backgroundColor"))
    assert grounds == ["rgb(156, 50, 24)", "rgba(0, 0, 0, 0)"]
