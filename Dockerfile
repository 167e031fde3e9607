FROM python:3.13-slim

ENV PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    PIP_DISABLE_PIP_VERSION_CHECK=1 \
    PIP_NO_CACHE_DIR=1 \
    HOME=/tmp \
    BIND=0.0.0.0:8000 \
    DATABASE_URL=sqlite:////srv/data/db.sqlite3 \
    MEDIA_ROOT=/srv/media \
    STATS_SPOOL_DIR=/srv/spool

# The program writes into these folders only; /srv/static is the copy that nginx reads.
RUN useradd --uid 10001 --home-dir /tmp --no-create-home --shell /usr/sbin/nologin cong-tin \
 && install -d -o cong-tin -g cong-tin /srv/data /srv/media /srv/spool /srv/static

WORKDIR /app
COPY requirements.txt ./
# Wheels only, so that no compiler is needed and no package runs code of its own while it is installed. The exception is
# a package of one Python file, needed by django-simple-captcha, of which no wheel exists.
RUN pip install --only-binary :all: --no-binary django-ranged-response --require-hashes --requirement requirements.txt

COPY . .
# This key is for this step only: collectstatic signs nothing. The 503 page for nginx needs the hashed file names.
RUN export SECRET_KEY=only-for-collectstatic-0123456789-abcdefghijklmnopqrstuvwxyz \
 && python manage.py collectstatic --no-input --verbosity 0 \
 && python manage.py shell --verbosity 0 --command \
      "from django.template.loader import render_to_string; print(render_to_string('503.html'))" > staticfiles/503.html \
 && python -m compileall -q portal news comments stats

USER cong-tin
VOLUME ["/srv/data", "/srv/media", "/srv/spool"]
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s CMD ["python", "deploy/probe.py"]
ENTRYPOINT ["deploy/entrypoint"]
CMD ["web"]
