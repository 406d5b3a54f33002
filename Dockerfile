# The gate on Debian 12, self-contained: FFmpeg, Chinese fonts and the models inside, nothing to install on the host.
# deploy/debootstrap-check.sh runs these same steps on a bare Debian root, for places where no image can be pulled;
# it reads ENV, USER, EXPOSE, HEALTHCHECK, ENTRYPOINT and CMD from the last stage here, one a line.

FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
COPY . .
RUN deploy/container/build.sh /out

FROM debian:bookworm-slim
COPY deploy/install-packages.sh /tmp/deploy/
COPY deploy/packages /tmp/deploy/packages
COPY deploy/container/install.sh /tmp/deploy/container/
RUN /tmp/deploy/container/install.sh && rm -rf /tmp/deploy
COPY --from=build /out /opt/integritygate

# Inside a container loopback reaches nobody; what may reach the container is the host's to say (-p, a network).
ENV INTEGRITYGATE__RTMP__ADDRESS=0.0.0.0
ENV INTEGRITYGATE__HTTP__ADDRESS=0.0.0.0
ENV INTEGRITYGATE__GRPC__ADDRESS=0.0.0.0
ENV INTEGRITYGATE__DATA__FOLDER=/var/lib/integritygate
ENV INTEGRITYGATE__INSPECTION__MODELS=/opt/integritygate/models
# No debugger's socket in /tmp: the root file system may be read-only.
ENV DOTNET_EnableDiagnostics=0

WORKDIR /var/lib/integritygate
VOLUME /var/lib/integritygate
USER 10001:10001
EXPOSE 1935 8080 8081
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 CMD curl --silent --fail --output /dev/null http://127.0.0.1:8080/health/live
STOPSIGNAL SIGTERM
ENTRYPOINT ["/opt/integritygate/integritygate"]
CMD ["serve"]
