"""User accounts and groups.

A user who is not a superuser grants only permissions of his own and changes no account or group with more of them.
"""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import FilteredSelectMultiple
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.forms import UserChangeForm, UserCreationForm
from django.contrib.auth.models import Group, Permission, User
from django.db.models import ManyToManyField, Q, QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from news.admin.badges import badge
from news.admin.deletion import PlainDeletionMixin
from news.admin.row_choices import RowsField
from news.fields import LineField, validate_mail_address
from news.staff import logged_in_user

# Apps whose tables nobody edits in the admin.
INTERNAL_APPS = ("admin", "contenttypes", "sessions", "sites")
ACTIONS = {"add": _("thêm"), "change": _("sửa"), "delete": _("xóa"), "view": _("xem")}


def held_by(user: User) -> QuerySet[Permission]:
    """Return the permissions of the user and his groups, also for an inactive account."""
    return Permission.objects.filter(Q(user=user) | Q(group__user=user)).distinct()


def holds_more_than(other: User, user: User) -> bool:
    if user.is_superuser:
        return False
    return other.is_superuser or held_by(other).exclude(pk__in=held_by(user).values("pk")).exists()


def groups_within(user: User) -> QuerySet[Group]:
    groups = Group.objects.order_by("name")
    if user.is_superuser:
        return groups
    beyond = Permission.objects.exclude(pk__in=held_by(user).values("pk"))
    return groups.exclude(pk__in=Group.permissions.through.objects.filter(permission__in=beyond).values("group_id"))


def permissions_within(user: User) -> QuerySet[Permission]:
    granted = Permission.objects if user.is_superuser else held_by(user)
    is_internal = Q(content_type__app_label__in=INTERNAL_APPS) | Q(
        content_type__app_label="auth", content_type__model="permission"
    )
    return granted.exclude(is_internal).select_related("content_type").order_by("content_type__app_label", "pk")


class PermissionsField(RowsField):
    """Labels such as “Tin tức: sửa bài viết” instead of the stored “Can change bài viết”."""

    def label_from_instance(self, permission: Permission) -> str:
        model = permission.content_type.model_class()
        action = ACTIONS.get(permission.codename.partition("_")[0])
        if model is None:
            return permission.name
        what = (
            f"{action} {model._meta.verbose_name}"
            if action and permission.codename.endswith(model._meta.model_name or "")
            else permission.name
        )
        return f"{model._meta.app_config.verbose_name}: {what}"


class FullNameMixin(forms.ModelForm):
    """Keeps the full name in `first_name`, because Vietnamese names are written as one."""

    def clean_first_name(self) -> str:
        return LineField().to_python(self.cleaned_data["first_name"])

    def clean_email(self) -> str:
        if email := self.cleaned_data["email"]:
            validate_mail_address(email)
        return email


class AccountForm(FullNameMixin, UserChangeForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "password" in self.fields:
            # Django's template shows the hash algorithm, which means nothing to an editor.
            self.fields["password"].widget.template_name = "admin/_password_status.html"


class NewAccountForm(FullNameMixin, UserCreationForm):
    class Meta(UserCreationForm.Meta):
        fields = ("username", "first_name", "email", "groups")


admin.site.unregister([User, Group])


@admin.register(User)
class AccountAdmin(PlainDeletionMixin, UserAdmin):
    form = AccountForm
    add_form = NewAccountForm
    add_fieldsets = (
        (
            None,
            {"classes": ("wide",), "fields": ("username", "first_name", "email", "groups", "password1", "password2")},
        ),
    )
    list_display = ("username", "first_name", "email", "roles", "state", "last_login")
    list_filter = ("is_active", "groups")
    search_fields = ("username", "first_name", "email")
    filter_horizontal = ()
    readonly_fields = ("last_login", "date_joined")

    @admin.display(description=_("vai trò"))
    def roles(self, user: User) -> str:
        names = [group.name for group in user.groups.all()]
        return ", ".join([*([str(_("Toàn quyền"))] if user.is_superuser else []), *names])

    @admin.display(description=_("trạng thái"), ordering="is_active")
    def state(self, user: User) -> SafeString:
        return badge("approved", _("Đang dùng")) if user.is_active else badge("withdrawn", _("Đã khóa"))

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return super().get_queryset(request).prefetch_related("groups")

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        if obj is None:
            return self.add_fieldsets
        rights = (
            ("is_active", "is_staff", "is_superuser", "groups")
            if request.user.is_superuser
            else ("is_active", "is_staff", "groups")
        )
        return (
            (None, {"fields": ("username", "password")}),
            (_("Thông tin cá nhân"), {"fields": ("first_name", "email")}),
            (_("Quyền"), {"fields": rights}),
            (_("Ngày giờ"), {"fields": ("last_login", "date_joined")}),
        )

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return super().has_change_permission(request, obj) and (
            obj is None or not holds_more_than(obj, logged_in_user(request))
        )

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        allowed = super().has_delete_permission(request, obj)
        return allowed and (
            obj is None or (obj.pk != request.user.pk and not holds_more_than(obj, logged_in_user(request)))
        )

    def formfield_for_manytomany(self, db_field: ManyToManyField, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "groups":
            return RowsField(
                queryset=groups_within(logged_in_user(request)),
                required=False,
                label=_("Vai trò"),
                widget=forms.CheckboxSelectMultiple,
                help_text=_("Mỗi người thường có một vai trò. Chỉ thấy ở đây những vai trò mà chính bạn có đủ quyền."),
            )
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: User, form: forms.ModelForm, change: bool) -> None:
        if not change:
            obj.is_staff = True  # readers have no accounts
        super().save_model(request, obj, form, change)


@admin.register(Group)
class RoleAdmin(PlainDeletionMixin, GroupAdmin):
    def _holds_more(self, request: HttpRequest, group: Group | None) -> bool:
        return group is not None and not groups_within(logged_in_user(request)).filter(pk=group.pk).exists()

    def has_change_permission(self, request: HttpRequest, obj: Group | None = None) -> bool:
        return super().has_change_permission(request, obj) and not self._holds_more(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Group | None = None) -> bool:
        return super().has_delete_permission(request, obj) and not self._holds_more(request, obj)

    def formfield_for_manytomany(
        self, db_field: ManyToManyField, request: HttpRequest | None = None, **kwargs: Any
    ) -> Any:
        if db_field.name == "permissions" and request is not None:
            widget = FilteredSelectMultiple(str(_("quyền")), is_stacked=False)
            return PermissionsField(
                queryset=permissions_within(logged_in_user(request)), required=False, label=_("Quyền"), widget=widget
            )
        return super().formfield_for_manytomany(db_field, request, **kwargs)
