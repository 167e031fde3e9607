from functools import lru_cache

from django.urls import NoReverseMatch, get_script_prefix, reverse


@lru_cache(maxsize=1)
def admin_path() -> str:
    """Return the path of the admin as in `request.path_info`, such as "/admin/"; that too for a URLconf without it."""
    try:
        path = reverse("admin:index")
    except NoReverseMatch:
        return "/admin/"
    return path.removeprefix(get_script_prefix().rstrip("/"))
