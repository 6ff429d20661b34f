"""Photos of the filled-in paper: made again, for few eyes, and gone in time."""

import io
import logging
import os
import random
import struct
import zlib
from datetime import date, timedelta

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from PIL import Image

import lpk_site.settings
from rechtencirkel.models import ConversationEvent, SheetPhoto
from rechtencirkel.models.photos import (
    DAYS_KEPT_AFTER_HAND_IN,
    DAYS_KEPT_AT_MOST,
    MAX_PHOTOS,
)
from rechtencirkel.photo_files import delete_expired_photos, path_of, sweep_photos
from rechtencirkel.pictures import (
    MAX_BYTES,
    MAX_SIDE,
    Picture,
    PictureError,
    read_picture,
)
from rechtencirkel.services import (
    add_photos,
    delete_draft,
    hand_in,
    remove_photo,
    reopen,
)
from rechtencirkel.tasks import delete_photos
from tests.factories import ConversationFactory, SheetPhotoFactory, a_picture
from tests.helpers import page_of
from tests.world import read_out

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate
DAY = date(2026, 11, 25)
GPS, ORIENTATION, COMMENT = 0x8825, 0x0112, 0x010E
SECRET = b"Fatima-aan-de-keukentafel"


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.SHEET_PHOTO_ROOT = tmp_path / "sheet-photos"
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "uploads"
    settings.FILE_UPLOAD_TEMP_DIR.mkdir()


@pytest.fixture
def draft(project, grassroots):
    return ConversationFactory(project=project, entered_by=grassroots)


def url(conversation, name="sheet_photos", *more):
    return reverse(
        f"rechtencirkel:{name}", args=[conversation.project_id, conversation.pk, *more]
    )


def upload(content, name="blad.jpg"):
    return SimpleUploadedFile(name, content, content_type="image/jpeg")


def send(client, conversation, *contents):
    files = [upload(content) for content in contents]
    return client.post(url(conversation), {"photos": files})


def read(content):
    return read_picture(io.BytesIO(content), len(content))


def opened(picture):
    return Image.open(io.BytesIO(picture.content))


def told_in_exif(**extra):
    exif = Image.Exif()
    exif[GPS] = {1: "N", 2: (50.0, 51.0, 3.0), 3: "E", 4: (3.0, 36.0, 1.0)}
    exif[COMMENT] = SECRET.decode()
    for tag, value in extra.items():
        exif[int(tag[1:])] = value
    return exif


def files():
    folder = settings.SHEET_PHOTO_ROOT
    return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []


def a_png_that_says(width, height):
    """Return a small file that claims to be this large."""

    def chunk(kind, data):
        crc = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + crc

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = zlib.compress(b"\0" * 1000)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", data)
        + chunk(b"IEND", b"")
    )


# --- what becomes of a picture ----------------------------------------------


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "MPO"])
def test_every_kind_of_photo_becomes_a_plain_jpeg(kind):
    picture = read(a_picture(kind))

    made = opened(picture)
    assert (made.format, made.mode, made.size) == ("JPEG", "RGB", (60, 80))
    assert (picture.width, picture.height) == (60, 80)


@pytest.mark.parametrize(
    ("kind", "mode"),
    [
        ("JPEG", "L"),
        ("JPEG", "CMYK"),
        ("PNG", "1"),
        ("PNG", "P"),
        ("PNG", "LA"),
        ("PNG", "I;16"),
    ],
)
def test_every_way_of_colouring_becomes_plain_colour(kind, mode):
    assert opened(read(a_picture(kind, mode=mode))).mode == "RGB"


def test_a_scan_in_sixteen_bits_of_grey_stays_legible():
    made = io.BytesIO()
    Image.new("I;16", (20, 20), 0x8000).save(made, "PNG")

    assert opened(read(made.getvalue())).getpixel((9, 9))[0] == pytest.approx(
        128, abs=3
    )


def test_what_is_see_through_shows_white_paper():
    made = io.BytesIO()
    Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(made, "PNG")

    assert opened(read(made.getvalue())).getpixel((9, 9)) == (255, 255, 255)


def test_a_large_photo_is_shrunk_and_a_small_one_is_not_blown_up():
    assert max(opened(read(a_picture(size=(3000, 4000)))).size) == MAX_SIDE
    assert opened(read(a_picture(size=(30, 40)))).size == (30, 40)


def test_a_photo_taken_sideways_stands_upright():
    sideways = a_picture(size=(80, 60), exif=told_in_exif(_274=6))

    assert opened(read(sideways)).size == (60, 80)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_nothing_is_left_of_place_device_and_words(kind):
    sent = a_picture(kind, exif=told_in_exif())
    assert Image.open(io.BytesIO(sent)).getexif().get_ifd(GPS)

    picture = read(sent)

    assert dict(opened(picture).getexif()) == {}
    assert opened(picture).getexif().get_ifd(GPS) == {}
    assert SECRET not in picture.content
    assert b"Exif" not in picture.content


def test_a_comment_and_a_second_file_behind_the_picture_are_gone():
    sent = a_picture(comment=SECRET) + b"PK\x03\x04" + SECRET

    assert SECRET not in read(sent).content


# --- what is refused --------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "niet lezen"),
        (b"gewoon tekst", "niet lezen"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "niet lezen"),
        (b"GIF89a" + b"\0" * 40, "niet lezen"),
        (b"%PDF-1.7 en meer", "pdf"),
        (b"\0\0\0\x18ftypheic" + b"\0" * 40, "Meest compatibel"),
        (b"\0\0\0\x18ftypmif1" + b"\0" * 40, "HEIC"),
        (a_picture()[:200], "niet lezen"),
        (a_png_that_says(30_000, 30_000), "te veel beeldpunten"),
        (a_png_that_says(60_000, 60_000), "te veel beeldpunten"),
        (a_png_that_says(7_000, 7_000), "te veel beeldpunten"),
    ],
)
def test_what_is_no_photo_is_refused_with_advice(content, reason):
    with pytest.raises(PictureError, match=reason):
        read(content)


def test_a_bomb_of_dots_is_refused_before_it_is_decoded(monkeypatch):
    def decoded(*_):
        raise AssertionError("the dots were decoded")

    monkeypatch.setattr("PIL.ImageFile.ImageFile.load", decoded)

    with pytest.raises(PictureError, match="te veel beeldpunten"):
        read(a_png_that_says(20_000, 20_000))


def test_a_heavy_file_is_refused_unread():
    with pytest.raises(PictureError, match="15 MB"):
        read_picture(io.BytesIO(), MAX_BYTES + 1)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_no_damage_breaks_the_reader(kind):
    chance = random.Random(7)  # noqa: S311 - repeatable, not secret
    whole = a_picture(kind, exif=told_in_exif(_274=6))
    outcomes = set()

    for _ in range(400):
        damaged = bytearray(whole)
        for _ in range(chance.randint(1, 6)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        try:
            outcomes.add(type(read(bytes(damaged))))
        except PictureError:
            outcomes.add(PictureError)

    assert outcomes == {Picture, PictureError}


# --- keeping ----------------------------------------------------------------


def test_a_photo_lies_in_a_private_folder_under_a_name_that_tells_nothing(draft):
    [photo] = add_photos(conversation=draft, pictures=[read(a_picture())], on=DAY)

    path = path_of(photo.file_name)
    assert path.is_file()
    assert len(path.stem) == 32
    assert files() == [photo.file_name]
    assert path.parent.stat().st_mode & 0o077 == 0
    assert path.stat().st_mode & 0o077 == 0


def test_photos_never_lie_where_files_are_served():
    root = lpk_site.settings.SHEET_PHOTO_ROOT
    public = [settings.STATIC_ROOT, settings.MEDIA_ROOT, *settings.STATICFILES_DIRS]

    assert not any(root.is_relative_to(folder) for folder in public)
    assert root.is_relative_to(settings.VAR_DIR)


def test_a_locked_sheet_takes_no_photos_and_leaves_no_files(draft):
    locked = ConversationFactory(handed_in=True)

    with pytest.raises(ValidationError, match="ingediend"):
        add_photos(conversation=locked, pictures=[read(a_picture())], on=DAY)

    assert files() == []


def test_a_sheet_takes_twenty_photos_and_not_one_more(draft):
    picture = read(a_picture())
    add_photos(conversation=draft, pictures=[picture] * (MAX_PHOTOS - 1), on=DAY)

    with pytest.raises(ValidationError, match="Er kunnen er nog 1 bij"):
        add_photos(conversation=draft, pictures=[picture] * 2, on=DAY)

    assert draft.photos.count() == len(files()) == MAX_PHOTOS - 1


def test_when_the_rows_cannot_be_written_no_file_stays(draft, monkeypatch):
    def breaks(*_, **__):
        raise OSError("no room")

    monkeypatch.setattr(SheetPhoto.objects, "bulk_create", breaks)

    with pytest.raises(OSError, match="no room"):
        add_photos(conversation=draft, pictures=[read(a_picture())], on=DAY)

    assert files() == []


def test_removing_a_photo_removes_its_file(draft, django_capture_on_commit_callbacks):
    photo, other = SheetPhotoFactory.create_batch(2, conversation=draft)

    with django_capture_on_commit_callbacks(execute=True):
        remove_photo(photo=photo)

    assert files() == [other.file_name]
    assert list(draft.photos.all()) == [other]


def test_a_removal_that_is_undone_keeps_the_file(draft):
    photo = SheetPhotoFactory(conversation=draft)

    with transaction.atomic():
        remove_photo(photo=photo)
        transaction.set_rollback(True)

    assert files() == [photo.file_name]


def test_deleting_a_talk_deletes_its_files(draft, django_capture_on_commit_callbacks):
    SheetPhotoFactory.create_batch(2, conversation=draft)
    other = SheetPhotoFactory()

    with django_capture_on_commit_callbacks(execute=True):
        delete_draft(conversation=draft)

    assert files() == [other.file_name]
    assert list(SheetPhoto.objects.all()) == [other]


# --- going ------------------------------------------------------------------


def talk_with_photo(added, handed_in_on=None, **fields):
    talk = ConversationFactory(held_on=added, filled=True, **fields)
    photo = SheetPhotoFactory(conversation=talk, added_on=added)
    if handed_in_on:
        hand_in(conversation=talk, on=handed_in_on)
    return talk, photo


@pytest.mark.parametrize("days", [0, 1, DAYS_KEPT_AFTER_HAND_IN - 1])
def test_within_two_weeks_after_hand_in_a_photo_stays(days):
    talk_with_photo(DAY, handed_in_on=DAY)

    assert delete_expired_photos(on=DAY + timedelta(days=days)) == 0
    assert len(files()) == 1


@pytest.mark.parametrize("days", [DAYS_KEPT_AFTER_HAND_IN, 200])
def test_two_weeks_after_hand_in_the_file_and_the_row_are_gone(days):
    talk_with_photo(DAY, handed_in_on=DAY)
    _, stays = talk_with_photo(DAY + timedelta(days=days))

    deleted = delete_expired_photos(on=DAY + timedelta(days=days))

    assert deleted == 1
    assert files() == [stays.file_name]
    assert list(SheetPhoto.objects.all()) == [stays]
    assert delete_expired_photos(on=DAY + timedelta(days=days)) == 0


def test_opening_a_sheet_again_does_not_keep_its_photos_longer(grassroots):
    talk, _ = talk_with_photo(DAY, handed_in_on=DAY)
    reopen(
        conversation=talk,
        reason="Er stond een getal te veel.",
        on=DAY + timedelta(days=3),
        by=grassroots,
        may_withdraw_counted=True,
    )
    assert talk.is_draft

    assert delete_expired_photos(on=DAY + timedelta(days=13)) == 0
    assert delete_expired_photos(on=DAY + timedelta(days=14)) == 1


def test_a_photo_added_after_opening_again_counts_from_the_next_hand_in(grassroots):
    talk, _ = talk_with_photo(DAY, handed_in_on=DAY)
    later = DAY + timedelta(days=3)
    reopen(
        conversation=talk,
        reason="Er stond een getal te veel.",
        on=later,
        by=grassroots,
        may_withdraw_counted=True,
    )
    added = SheetPhotoFactory(conversation=talk, added_on=later)
    hand_in(conversation=talk, on=later + timedelta(days=2))

    shown = talk.photos.with_hand_in().get(pk=added.pk)

    assert shown.gone_on == later + timedelta(days=2 + DAYS_KEPT_AFTER_HAND_IN)


def test_a_photo_of_a_sheet_that_is_never_handed_in_goes_too():
    talk_with_photo(DAY)
    last = DAY + timedelta(days=DAYS_KEPT_AT_MOST)

    assert SheetPhoto.objects.with_hand_in().get().gone_on == last
    assert delete_expired_photos(on=last - timedelta(days=1)) == 0
    assert delete_expired_photos(on=last) == 1
    assert files() == []


def test_a_sheet_without_a_history_counts_from_its_own_day():
    talk_with_photo(DAY, handed_in_on=DAY)
    ConversationEvent.objects.all().delete()

    assert delete_expired_photos(on=DAY + timedelta(days=14)) == 1


def test_a_photo_whose_file_is_gone_already_still_goes():
    _, photo = talk_with_photo(DAY, handed_in_on=DAY)
    path_of(photo.file_name).unlink()

    assert delete_expired_photos(on=DAY + timedelta(days=20)) == 1
    assert not SheetPhoto.objects.exists()


def test_files_without_a_row_are_swept_unless_they_are_young():
    stays = SheetPhotoFactory()
    loose = [f"{'a' * 32}.jpg", f"{'b' * 32}.part"]
    for name in [*loose, "leesmij.txt"]:
        path_of(name).write_bytes(b"x")
    now = path_of(stays.file_name).stat().st_mtime

    assert sweep_photos(now=now + 60) == 0
    assert sweep_photos(now=now + 4000) == 2
    assert files() == sorted([stays.file_name, "leesmij.txt"])
    assert sweep_photos(now=now + 4000) == 0


def test_an_upload_that_broke_off_is_swept(settings):
    left = settings.FILE_UPLOAD_TEMP_DIR / "tmpabc.upload.jpg"
    left.write_bytes(b"x")
    now = left.stat().st_mtime

    assert sweep_photos(now=now + 60) == 0
    assert sweep_photos(now=now + 4000) == 1
    assert not left.exists()


def test_a_large_upload_waits_in_our_own_folder_and_leaves_nothing(
    grassroots_client, draft, settings, monkeypatch
):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 100
    seen = []

    def look(file, size):
        seen.extend(settings.FILE_UPLOAD_TEMP_DIR.iterdir())
        return read_picture(file, size)

    monkeypatch.setattr("rechtencirkel.forms.photos.read_picture", look)
    send(grassroots_client, draft, a_picture())

    assert len(seen) == 1
    assert list(settings.FILE_UPLOAD_TEMP_DIR.iterdir()) == []
    assert draft.photos.count() == 1


def test_sweeping_where_no_photo_ever_was_finds_nothing():
    assert sweep_photos(now=4e9) == 0


def test_the_night_deletes_what_is_over_and_what_is_loose():
    old = TODAY() - timedelta(days=30)
    talk_with_photo(old, handed_in_on=old)
    loose = path_of(f"{'a' * 32}.jpg")
    loose.write_bytes(b"x")
    os.utime(loose, (0, 0))

    assert delete_photos() == 2
    assert delete_photos() == 0
    assert files() == []


def test_the_night_comes_every_day():
    schedule = settings.CELERY_BEAT_SCHEDULE["delete-photos"]

    assert schedule["task"] == delete_photos.name
    assert schedule["schedule"].day_of_week == set(range(7))


# --- the pages --------------------------------------------------------------


def test_photos_are_added_and_shown_beside_the_fields(grassroots_client, draft):
    answer = send(grassroots_client, draft, a_picture(), a_picture("PNG"))

    assert answer.status_code == 302
    assert draft.photos.count() == 2
    sheet = grassroots_client.get(url(draft, "sheet_edit", draft.domains[0]))
    shown = page_of(sheet).xpath("//aside//img/@src")
    assert shown == [url(draft, "sheet_photo", p.pk) for p in draft.photos.all()]


def test_photos_also_stand_beside_the_last_question(grassroots_client, draft):
    photo = SheetPhotoFactory(conversation=draft)

    page = page_of(grassroots_client.get(url(draft, "sheet_closing")))

    assert page.xpath("//aside//img/@src") == [url(draft, "sheet_photo", photo.pk)]


def test_a_sheet_without_photos_has_nothing_beside_it(grassroots_client, draft):
    sheet = grassroots_client.get(url(draft, "sheet_edit", draft.domains[0]))

    assert not page_of(sheet).xpath("//aside")


def test_a_file_is_judged_by_its_content_and_not_by_its_name(grassroots_client, draft):
    grassroots_client.post(
        url(draft), {"photos": [upload(a_picture(), name="virus.exe")]}
    )
    refused = grassroots_client.post(
        url(draft), {"photos": [upload(b"MZ een programma", name="blad.jpg")]}
    )

    assert draft.photos.count() == 1
    assert "Deze foto kunnen we niet lezen" in refused.content.decode()


def test_one_wrong_photo_is_named_by_its_place_and_nothing_is_kept(
    grassroots_client, draft
):
    answer = send(grassroots_client, draft, a_picture(), b"stuk")

    assert "Foto 2 kunnen we niet lezen" in answer.content.decode()
    assert files() == []


@pytest.mark.parametrize(
    ("number", "sentence"),
    [(0, "Neem een foto, of kies er een."), (21, "Je koos 21 foto")],
)
def test_none_or_too_many_at_once_is_refused(
    grassroots_client, draft, number, sentence
):
    answer = send(grassroots_client, draft, *[a_picture()] * number)

    assert sentence in answer.content.decode()
    assert not draft.photos.exists()


def test_a_sheet_that_is_full_says_so_at_the_field(grassroots_client, draft):
    SheetPhotoFactory.create_batch(MAX_PHOTOS - 1, conversation=draft)

    answer = send(grassroots_client, draft, a_picture(), a_picture())

    assert "Er kunnen er nog 1 bij" in answer.content.decode()


def test_a_full_sheet_offers_no_more_room(grassroots_client, draft):
    SheetPhotoFactory.create_batch(MAX_PHOTOS, conversation=draft)

    page = page_of(grassroots_client.get(url(draft)))

    assert not page.xpath("//input[@type='file']")


def test_the_page_says_when_a_photo_disappears(grassroots_client, draft):
    SheetPhotoFactory(conversation=draft, added_on=TODAY())

    page = grassroots_client.get(url(draft)).content.decode()

    last = TODAY() + timedelta(days=DAYS_KEPT_AT_MOST)
    assert f"verdwijnt op {last.day} " in page
    assert "14 dagen nadat je het blad indient" in page


def test_a_photo_is_sent_as_a_picture_that_nobody_keeps(grassroots_client, draft):
    photo = SheetPhotoFactory(conversation=draft)

    answer = grassroots_client.get(url(draft, "sheet_photo", photo.pk))

    assert b"".join(answer) == path_of(photo.file_name).read_bytes()
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Disposition"] == 'inline; filename="foto.jpg"'


def test_a_photo_is_for_who_may_read_the_sheet(
    project, grassroots, coordinator_client, member_client, stranger_client
):
    small = ConversationFactory(project=project, entered_by=grassroots, people=4)
    large = ConversationFactory(project=project, entered_by=grassroots, people=5)
    seen = [SheetPhotoFactory(conversation=talk) for talk in (small, large)]

    def codes(client):
        answers = [client.get(url(p.conversation, "sheet_photo", p.pk)) for p in seen]
        for answer in answers:
            read_out(answer)
        return [answer.status_code for answer in answers]

    assert codes(coordinator_client) == [403, 200]
    assert codes(member_client) == [403, 403]
    assert codes(stranger_client) == [404, 404]


def test_a_photo_is_not_found_under_another_talk(grassroots_client, grassroots, draft):
    other = ConversationFactory(project=draft.project, entered_by=grassroots)
    photo = SheetPhotoFactory(conversation=draft)

    for name in ("sheet_photo", "sheet_photo_delete"):
        assert grassroots_client.get(url(other, name, photo.pk)).status_code == 404


def test_a_photo_whose_time_is_over_is_shown_to_nobody_before_the_night_comes(
    grassroots_client, draft
):
    old = TODAY() - timedelta(days=DAYS_KEPT_AT_MOST)
    photo = SheetPhotoFactory(conversation=draft, added_on=old)

    assert not page_of(grassroots_client.get(url(draft))).xpath("//main//img")
    answer = grassroots_client.get(url(draft, "sheet_photo", photo.pk))
    assert answer.status_code == 404


def test_a_photo_without_its_file_is_not_found(grassroots_client, draft):
    photo = SheetPhotoFactory(conversation=draft)
    path_of(photo.file_name).unlink()

    answer = grassroots_client.get(url(draft, "sheet_photo", photo.pk))

    assert answer.status_code == 404


def test_a_photo_is_removed_after_a_question(
    grassroots_client, draft, django_capture_on_commit_callbacks
):
    photo = SheetPhotoFactory(conversation=draft)
    where = url(draft, "sheet_photo_delete", photo.pk)

    asked = grassroots_client.get(where)
    assert files() == [photo.file_name]
    with django_capture_on_commit_callbacks(execute=True):
        done = grassroots_client.post(where)

    assert "Deze foto verwijderen?" in asked.content.decode()
    assert done.status_code == 302
    assert files() == []


def test_after_hand_in_photos_are_looked_at_and_removed_but_not_added(
    grassroots_client, grassroots, project
):
    talk = ConversationFactory(
        project=project, entered_by=grassroots, handed_in=TODAY(), held_on=TODAY()
    )
    photo = SheetPhotoFactory(conversation=talk, added_on=TODAY())

    page = grassroots_client.get(url(talk))
    refused = send(grassroots_client, talk, a_picture())
    removed = grassroots_client.post(url(talk, "sheet_photo_delete", photo.pk))

    assert "verdwijnt op" in page.content.decode()
    assert not page_of(page).xpath("//input[@type='file']")
    assert refused.status_code == 404
    assert removed.status_code == 302


def test_the_talk_leads_to_its_photos_and_loses_them_with_its_draft(
    grassroots_client, draft, django_capture_on_commit_callbacks
):
    SheetPhotoFactory.create_batch(2, conversation=draft)

    page = grassroots_client.get(draft.get_absolute_url()).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        grassroots_client.post(url(draft, "conversation_delete"))

    assert "Bekijk de 2 foto&#x27;s" in page or "Bekijk de 2 foto's" in page
    assert files() == []


def test_nothing_about_a_photo_is_written_in_the_log(grassroots_client, draft, caplog):
    caplog.set_level(logging.DEBUG)

    grassroots_client.post(
        url(draft), {"photos": [upload(a_picture(), name="Fatima.jpg")]}
    )
    delete_photos()

    assert "Fatima" not in caplog.text
    assert draft.photos.get().file_name not in caplog.text
