from functools import lru_cache

from django.urls import NoReverseMatch, get_script_prefix, reverse


@lru_cache(maxsize=1)
def admin_path() -> str:
    """Where the URL conf puts the admin, such as "/admin/", as it stands in `request.path_info`.

    A URL conf without the admin gives "/admin/", Django's usual place.
    """
    try:
        path = reverse("admin:index")
    except NoReverseMatch:
        return "/admin/"
    return path.removeprefix(get_script_prefix().rstrip("/"))
