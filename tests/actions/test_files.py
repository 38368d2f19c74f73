"""What an upload is, is seen from its content; its name is made safe."""

import hashlib
import io
import zipfile

import pytest

from rolecall.actions.files import DOCUMENTS, IMAGES, Kind, check_file, decoded, kind_of, put_file, safe_name
from rolecall.domain.errors import FileEmpty, FileKindRefused, FileTooLarge
from tests.documents_sent import LOOK_ALIKES, PDF, RECORDINGS, TAKEN
from tests.world import World


@pytest.mark.parametrize("kind", [*TAKEN, *RECORDINGS])
def test_the_content_tells_the_kind(kind: str) -> None:
    assert kind_of({**TAKEN, **RECORDINGS}[kind]) == kind


@pytest.mark.parametrize("name", LOOK_ALIKES)
def test_what_only_looks_like_a_document_is_none(name: str) -> None:
    assert kind_of(LOOK_ALIKES[name]) is None


def test_a_packing_that_may_ask_for_much_memory_is_not_unpacked() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
    assert kind_of(packed.getvalue()) is None


async def test_an_upload_is_refused_for_its_size_and_kind() -> None:
    with pytest.raises(FileEmpty):
        await check_file("cv.pdf", b"", allowed=DOCUMENTS)
    with pytest.raises(FileTooLarge, match="more than 10 bytes"):
        await check_file("cv.pdf", PDF, allowed=DOCUMENTS, largest=10)
    with pytest.raises(FileKindRefused, match="kinds: jpg, png"):
        await check_file("cv.jpg", PDF, allowed=IMAGES)


@pytest.mark.parametrize(
    ("sent", "kind", "stored"),
    [
        ("Lebenslauf Müller.PDF", Kind.PDF, "Lebenslauf Müller.PDF"),
        ("../../etc/passwd", Kind.TXT, "passwd.txt"),
        ("C:\\docs\\cv.doc", Kind.DOC, "cv.doc"),
        ("cv.exe", Kind.PDF, "cv.exe.pdf"),
        ('a"b\r\nSet-Cookie: x.pdf', Kind.PDF, "a bSet-Cookie x.pdf"),
        ("photo.jpeg", Kind.JPG, "photo.jpeg"),
        ("", Kind.PNG, "document.png"),
        (".pdf", Kind.PDF, "pdf.pdf"),
        ("x" * 200 + ".pdf", Kind.PDF, "x" * 120 + ".pdf"),
        ("cv\u202efdp.txt", Kind.TXT, "cvfdp.txt"),
    ],
)
def test_a_name_is_made_safe(sent: str, kind: Kind, stored: str) -> None:
    assert safe_name(sent, kind) == stored


def test_text_is_decoded() -> None:
    assert decoded("\ufeffZoë".encode()) == "Zoë"
    assert decoded("Zoë".encode("utf-16")) == "Zoë"
    assert decoded("Zoë, 5 €".encode("cp1252")) == "Zoë, 5 €"
    assert decoded(b"\x81") is None


async def test_bytes_are_stored_under_the_workspace(acme: World) -> None:
    checked = await check_file("cv.pdf", PDF, allowed=DOCUMENTS)
    file = await put_file(acme.services.files, acme.workspace.id, checked, clock=acme.services.clock)
    assert file.key == f"{acme.workspace.id}/{file.id}"
    assert (file.name, file.media_type, file.size) == ("cv.pdf", "application/pdf", 15)
    assert file.sha256 == hashlib.sha256(PDF).digest()
    assert await acme.services.files.get(file.key) == PDF
