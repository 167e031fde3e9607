from django.contrib import admin
from django.contrib.sites import admin as sites_admin
from django.contrib.sites.models import Site

__all__ = ["sites_admin"]  # registers Site

# The domain of django.contrib.sites is not used: addresses are built from the requested host.
admin.site.unregister(Site)
