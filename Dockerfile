# The service on its embedded store. Built in two steps, so that neither pip's nor npm's leavings are in the image that runs.
FROM python:3.11-slim-bookworm AS build
WORKDIR /src
COPY pyproject.toml constraints.txt README.md LICENSE ./
COPY corpus corpus
COPY ingest ingest
COPY graph graph
COPY search_api search_api
RUN python -m venv /opt/jindianzi \
 && /opt/jindianzi/bin/pip install --no-cache-dir -c constraints.txt ".[ocr,postgres]" \
 && /opt/jindianzi/bin/python -m search_api.web.scripts \
 && JINDIANZI_CACHE=/opt/models /opt/jindianzi/bin/jindianzi --lang en model get --if-missing \
 && JINDIANZI_CACHE=/opt/models /opt/jindianzi/bin/python -m corpus.divisions.fetch \
 && mkdir -p /opt/models

FROM python:3.11-slim-bookworm
RUN useradd --create-home --uid 10001 jindianzi \
 && install -d -o jindianzi -g jindianzi /data
COPY --from=build /opt/jindianzi /opt/jindianzi
COPY --from=build --chown=jindianzi:jindianzi /opt/models /opt/models
ENV PATH=/opt/jindianzi/bin:$PATH JINDIANZI_HOST=0.0.0.0 JINDIANZI_CACHE=/opt/models PYTHONUTF8=1
USER jindianzi
WORKDIR /data
EXPOSE 8000
CMD ["jindianzi", "serve"]
