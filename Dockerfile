# The API serving the web app, on a database of its own choosing (DATABASE_URL).
FROM node:24-bookworm-slim AS base
WORKDIR /app
ENV CI=true
RUN npm install --global pnpm@12.21.0

FROM base AS web
COPY . .
RUN pnpm install --frozen-lockfile --filter web... && pnpm --filter web build

FROM base
COPY package.json pnpm-lock.yaml pnpm-workspace.yaml ./
COPY apps/api/package.json apps/api/
COPY packages/contracts/package.json packages/contracts/
COPY packages/domain/package.json packages/domain/
RUN pnpm install --prod --frozen-lockfile --filter api...
COPY apps/api/src apps/api/src
COPY apps/api/migrations apps/api/migrations
COPY packages/contracts/src packages/contracts/src
COPY packages/domain/src packages/domain/src
COPY --from=web /app/apps/web/dist apps/web/dist
USER node
ENV HOST=0.0.0.0
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s CMD ["node", "-e", "fetch('http://127.0.0.1:3000/readyz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "apps/api/src/server.ts"]
