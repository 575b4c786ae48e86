# The server with its web app and its map. docs/containers.md says how to run it.
FROM node:24-slim AS build
WORKDIR /app
COPY . .
RUN npm ci --ignore-scripts --no-audit --no-fund
RUN node scripts/build-web.js
RUN node web/basemap/build-basemap.ts

FROM node:24-slim
ENV NODE_ENV=production
WORKDIR /app
COPY package.json package-lock.json LICENSE THIRD_PARTY.md ./
COPY contract contract
COPY server server
RUN npm ci --ignore-scripts --no-audit --no-fund --omit=dev --workspace server --include-workspace-root=false
COPY --from=build /app/web/dist web/dist
COPY --from=build /app/web/basemap/dist web/basemap/dist
RUN node server/bin/doorstep.js --version

ENV HOST=0.0.0.0 PORT=8080 DATA_DIR=/data
RUN install -d -o 1000 -g 1000 -m 700 /data
USER 1000:1000
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s CMD ["node", "server/bin/healthy.js"]
ENTRYPOINT ["node", "server/bin/doorstep.js"]
CMD ["serve"]
