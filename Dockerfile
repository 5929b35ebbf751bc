# One image for web, worker, beat and the one-shot migration; everything is inside, nothing is fetched at start.
FROM python:3.11-slim-bookworm AS build
WORKDIR /app
RUN apt-get update && apt-get install -y --no-install-recommends make util-linux && rm -rf /var/lib/apt/lists/*
COPY requirements.lock package.json package-lock.json .npmrc Makefile pyproject.toml ./
COPY ops ops
COPY static_src static_src
RUN make setup
COPY . .
RUN EXEC_MODE=court SECRET_KEY=build-only ALLOWED_HOSTS=localhost .venv/bin/python manage.py collectstatic --noinput --verbosity 0 \
    && rm -rf node_modules
RUN PYTHONPYCACHEPREFIX=/app/var/pycache .venv/bin/python -m compileall -q . .venv/lib/python3.11/site-packages >/dev/null || true

FROM python:3.11-slim-bookworm
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PYTHONPYCACHEPREFIX=/app/var/pycache PATH=/app/.venv/bin:$PATH EXEC_MODE=court FILES_DIR=/data/files
RUN useradd --system --uid 10001 --home /app exec && mkdir -p /data/files /data/archive /data/exchange && chown exec /data/files /data/archive /data/exchange
WORKDIR /app
COPY --from=build /app /app
USER exec
EXPOSE 8000
CMD ["gunicorn", "huanglong_exec.wsgi", "-b", "0.0.0.0:8000", "--workers", "4", "--threads", "4", "--no-control-socket"]
