"""The one-use key of a form of the admin: it names the model and the user for whom the form was shown."""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Self

from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest, QueryDict
from django.utils.crypto import salted_hmac

from ..models import KEPT_DAYS

FIELD = "_form_key"
REFILL = "_refill"  # a button: shows the form with what was typed, and saves nothing
MAX_LENGTH = 300  # characters of a field that can hold a key
SALT = "portal.typed_forms"
UNTYPED = ("csrfmiddlewaretoken", "initial-")  # Django's own fields

signer = TimestampSigner(salt=SALT)


@dataclass(frozen=True)
class FormKey:
    model: str
    user_id: str
    number: str

    @classmethod
    def new(cls, model: str, user_id: object) -> Self:
        return cls(model, str(user_id), secrets.token_hex(16))

    @classmethod
    def sent_in(cls, data: QueryDict) -> Self | None:
        """The key in the data of a form, unless it is missing, forged or outdated."""
        signed = data.get(FIELD, "")
        if not signed or len(signed) > MAX_LENGTH:
            return None
        try:
            model, user_id, number = signer.unsign(signed, max_age=timedelta(days=KEPT_DAYS)).split("/")
        except (BadSignature, ValueError):
            return None
        return cls(model, user_id, number)

    def signed(self) -> str:
        return signer.sign(f"{self.model}/{self.user_id}/{self.number}")

    def belongs_to(self, user_id: object) -> bool:
        return self.user_id == str(user_id)


def is_typed(name: str) -> bool:
    """Whether a field is filled in by the user: not the token, not the key, not a button."""
    return not name.startswith(("_", *UNTYPED))


def digest(request: HttpRequest) -> str:
    """A keyed hash of all that was typed. Which button was pressed does not count."""
    typed = sorted((name, values) for name, values in request.POST.lists() if is_typed(name))
    files = sorted(
        (name, [(file.name, file.size) for file in files]) for name, files in request.FILES.lists() if is_typed(name)
    )
    return salted_hmac(SALT, repr((typed, files)), algorithm="sha256").hexdigest()
