from django.urls import path

from bench.floor import floor
from lpk_site.urls import urlpatterns as of_the_product

urlpatterns = [*of_the_product, path("vloer/", floor, name="floor")]
