"""What many tests ask: how many queries a page costs, what a form holds, whose rows are whose."""

from html import unescape

from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import html

MOST_QUERIES = 25


def count_queries(client, url):
    """Open a page and return how many queries it took."""
    with CaptureQueriesContext(connection) as queries:
        response = client.get(url)
    fault = getattr(response, "exc_info", None)
    assert response.status_code == 200, f"{url} answers {response.status_code} {fault}"
    return len(queries)


def assert_queries_do_not_grow(client, url, add_row, at_most=MOST_QUERIES):
    """Check that a page with more rows costs the same queries, and not too many.

    The page must show at least one row already: none and one may differ. `add_row` adds
    one more and is called three times.
    """
    count_queries(client, url)
    before = count_queries(client, url)
    for _ in range(3):
        add_row()

    after = count_queries(client, url)

    assert after == before, f"{before} queries became {after}"
    assert after <= at_most, f"{after} queries, at most {at_most}"


def page_of(response):
    """Return the page as a tree."""
    return html.fromstring(response.content.decode())


def form_on(response):
    """Return the form that the page is about: the one in its main part that posts."""
    forms = page_of(response).xpath("//main//form[@method='post']")
    assert forms, "this page has no form that posts"
    return forms[0]


def filled_in(form):
    """Return what a browser would post when nothing is changed: name → values."""
    posted = {}
    for name, value in form.form_values():
        posted.setdefault(name, []).append(unescape(value))
    posted.pop("csrfmiddlewaretoken", None)
    return posted


def post_everything(client, url, **changed):
    """Post a page's form as it stands, as a browser does, with these fields changed.

    A value of None leaves the field out.
    """
    posted = filled_in(form_on(client.get(url))) | changed
    return client.post(
        url, {name: value for name, value in posted.items() if value is not None}
    )


def forged_ids(project):
    """Return the ids of rows of a project, by the name of the form field that takes them.

    Post those of another municipality and every one must be refused.
    """
    session = project.dialogue_sessions.exclude(conclusions=None).first()
    rows = {
        "organisation": project.organisations,
        "owner": project.organisations,
        "bridge": project.organisations,
        "target_group": project.target_groups,
        "target_groups": project.target_groups,
        "round": project.rounds,
        "problem_statement": project.problem_statements,
        "conclusion": session.conclusions if session else None,
        "agenda_item": session.agenda if session else None,
        "action": project.improvement_actions,
        "actions": project.improvement_actions,
        "member": project.steering_group,
        "user": project.memberships,
    }
    found = {
        name: related.first() for name, related in rows.items() if related is not None
    }
    ids = {name: row.pk for name, row in found.items() if row is not None}
    if found["user"] is not None:
        ids["user"] = found["user"].user_id
    quote = next(
        (q for talk in project.conversations.all() for q in talk.quotes.all()), None
    )
    return ids | ({"quotes": quote.pk} if quote else {})
