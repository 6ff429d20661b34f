import pytest
from django.urls import reverse

from tests.factories import InvitationFactory

POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
}
HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
FOR_EVERYBODY = [
    "home",
    "health",
    "about_data",
    "accessibility",
    "privacy",
    "user_guide",
    "account_login",
    "account_inactive",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key_done",
]
SIGNED_IN = [
    "accounts:profile_edit",
    "account_change_password",
    "account_logout",
    "account_reauthenticate",
    "mfa_activate_totp",
    "mfa_index",
    "projects:project_list",
]


def assert_guarded(response):
    policy = response.headers["Content-Security-Policy"]
    assert set(policy.rstrip("; ").split("; ")) == POLICY
    for name, value in HEADERS.items():
        # never_cache of Django and allauth says the same and more.
        given = response.headers[name]
        assert value in given.split(", ") if name == "Cache-Control" else given == value


@pytest.mark.parametrize("route", FOR_EVERYBODY)
def test_a_public_page_carries_every_header(client, db, route):
    assert_guarded(client.get(reverse(route)))


@pytest.mark.parametrize("route", SIGNED_IN)
def test_a_page_behind_the_sign_in_carries_every_header(stranger_client, route):
    assert_guarded(stranger_client.get(reverse(route)))


@pytest.mark.parametrize("route", SIGNED_IN)
def test_the_way_to_the_sign_in_carries_every_header(client, db, route):
    response = client.get(reverse(route))

    assert response.status_code == 302
    assert_guarded(response)


@pytest.mark.parametrize(
    ("path", "code"), [("/bestaat-niet/", 404), ("/account/demo/1/", 405)]
)
def test_a_refusal_carries_every_header(client, db, path, code):
    response = client.get(path)

    assert response.status_code == code
    assert_guarded(response)


def test_an_expired_invitation_carries_every_header(client, db):
    InvitationFactory(token="geheim", expired=True)

    response = client.get(reverse("accounts:invitation_accept", args=["geheim"]))

    assert response.status_code == 410
    assert_guarded(response)


def test_the_brake_on_passwords_carries_every_header(client, db):
    path = reverse("account_login")
    for _ in range(30):
        client.post(path)

    response = client.post(path)

    assert response.status_code == 429
    assert_guarded(response)


def test_a_fragment_sends_the_browser_to_the_sign_in_itself(client, db):
    path = reverse("projects:project_list")

    response = client.get(path, headers={"HX-Request": "true"})

    assert response.status_code == 401
    assert response.headers["HX-Redirect"] == reverse("account_login")


@pytest.mark.parametrize("route", [*FOR_EVERYBODY, *SIGNED_IN])
def test_a_page_holds_no_style_and_no_script_of_its_own(stranger_client, route):
    response = stranger_client.get(reverse(route))

    assert "style=" not in response.text
    assert "<style" not in response.text
    assert response.text.count("<script") == response.text.count("<script src=")
