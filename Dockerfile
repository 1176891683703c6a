# The container image of quoted: built in one stage, run in another that has neither compiler nor headers.
#   docker build -t quoted . && docker run -p 127.0.0.1:8080:8080 -v quoted:/data quoted
FROM docker.io/library/debian:12-slim AS builder
RUN apt-get update && apt-get install -y --no-install-recommends \
        gcc libc6-dev make pkg-config \
        libmicrohttpd-dev libjansson-dev libsqlite3-dev libutf8proc-dev nettle-dev zlib1g-dev libxml2-dev \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /source
COPY . .
RUN make -j"$(nproc)" all && strip build/quoted

FROM docker.io/library/debian:12-slim
RUN apt-get update && apt-get install -y --no-install-recommends \
        libmicrohttpd12 libjansson4 libsqlite3-0 libutf8proc2 libnettle8 zlib1g libxml2 \
    && rm -rf /var/lib/apt/lists/* \
    && groupadd --system --gid 10001 quoted \
    && useradd --system --uid 10001 --gid quoted --home-dir /data --no-create-home --shell /usr/sbin/nologin quoted \
    && install -d -o quoted -g quoted -m 750 /data
COPY --from=builder /source/build/quoted /usr/local/bin/quoted
# Inside a container loopback reaches nobody: whoever publishes the port decides who may ask.
ENV QUOTED_DB=/data/quoted.db QUOTED_LISTEN=0.0.0.0:8080
# By number, so that an orchestrator can see that it is not root.
USER 10001:10001
VOLUME /data
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=5s --retries=3 CMD ["quoted", "health"]
ENTRYPOINT ["quoted"]
CMD ["serve"]
