import { defineConfig } from 'vitest/config'

const node = { environment: 'node', testTimeout: 60_000, hookTimeout: 60_000 } as const

// One server for all databases: see apps/api/test/global-setup.ts.
const globalSetup = new URL('apps/api/test/global-setup.ts', import.meta.url).pathname

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      { test: { ...node, name: 'domain', root: 'packages/domain' } },
      { test: { ...node, name: 'contracts', root: 'packages/contracts' } },
      { test: { ...node, name: 'api', root: 'apps/api', globalSetup } },
      'apps/web',
      // Whole processes and browsers: one file at a time, after the others, so that two cores are enough.
      {
        test: {
          ...node,
          name: 'e2e',
          root: 'apps/e2e',
          include: ['**/*.{test,spec}.ts'],
          globalSetup,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
})
