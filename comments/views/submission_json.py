"""What the script of the opinion form (static/js/opinions.js) receives."""

from typing import Any

from django.utils.translation import gettext as _

from ..submission.captcha import Captcha
from ..submission.submission import SubmissionResult


def result_as_dict(result: SubmissionResult, csrf_token: str) -> dict[str, Any]:
    if result.comment:
        return {
            "code": result.comment.code,
            "address": result.comment.status_url,
            "message": _("Ý kiến của bạn đã được gửi thành công. Cảm ơn bạn!"),
        }
    return {
        "message": result.message,
        "errors": {name: [str(error) for error in errors] for name, errors in result.form.errors.items()},
        "focus": result.focus,
        "captcha": captcha_as_dict(result.captcha, csrf_token) if result.captcha else None,
    }


def captcha_as_dict(captcha: Captcha, csrf_token: str) -> dict[str, str]:
    return {
        "ticket": captcha.ticket,
        "kind": captcha.kind,
        "picture": captcha.picture,
        "question": captcha.question,
        "csrf": csrf_token,
    }
