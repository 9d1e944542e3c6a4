"""Making the files of a delivery."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from .enums import FileForm
from .letters import body_of, subject_of
from .paper import delivery_pdf
from .workbook import delivery_workbook

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MEDIA_TYPES = {
    FileForm.JSON: "application/json", FileForm.WORKBOOK: XLSX, FileForm.PDF: "application/pdf", FileForm.MAIL: "text/plain",
}  # fmt: skip


@dataclass(frozen=True)
class Made:
    """One file as it goes out."""

    form: FileForm
    name: str
    content: bytes

    @property
    def media_type(self) -> str:
        """What it is served as."""
        return MEDIA_TYPES[self.form]

    @property
    def sha256(self) -> str:
        """Its check sum in hexadecimal."""
        return hashlib.sha256(self.content).hexdigest()


def json_bytes(document: dict[str, Any]) -> bytes:
    """This will write a delivery's document as its JSON file."""
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def make_files(document: dict[str, Any]) -> list[Made]:
    """This will make every file of a delivery's document. Raises CannotRender when the PDF cannot be set."""
    called = f"{document['reference']}-{document['language']}"
    data = json_bytes(document)
    text = f"{subject_of(document)}\n\n{body_of(document, hashlib.sha256(data).hexdigest())}"
    contents = {
        FileForm.JSON: data,
        FileForm.WORKBOOK: delivery_workbook(document),
        FileForm.PDF: delivery_pdf(document),
        FileForm.MAIL: text.encode(),
    }
    return [Made(form, f"{called}.{form.value}", content) for form, content in contents.items()]
