"""The least a signed-in page can cost: what every page is compared with."""

from functools import cache

from django.http import HttpRequest, HttpResponse
from django.template import Template
from django.template.context import RequestContext

from rechtencirkel.models import RoundQuestion

ROWS = 20
PAGE = """{% extends "base.html" %}
{% block content %}
  <h1>Twintig rijen</h1>
  <table class="data">
    {% for row in rows %}<tr><th scope="row">{{ row.code }}</th><td>{{ row.text }}</td></tr>{% endfor %}
  </table>
{% endblock content %}
"""


@cache
def _template() -> Template:
    return Template(PAGE)


def floor(request: HttpRequest) -> HttpResponse:
    """Show twenty rows in the base template: session, user and one query."""
    rows = RoundQuestion.objects.all()[:ROWS]
    return HttpResponse(_template().render(RequestContext(request, {"rows": rows})))
