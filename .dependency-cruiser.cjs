// The rules of dependency (docs/architecture.md). Run by `npm run verify`.

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: '1-domain-imports-nothing',
      comment: 'Rules are pure: time and ids come in as arguments. Tests may use the test tools.',
      severity: 'error',
      from: { path: '^packages/domain/src', pathNot: '[.]test[.]ts$' },
      to: { pathNot: '^packages/domain/src' },
    },
    {
      name: '2-contracts-know-typebox-and-domain',
      severity: 'error',
      from: { path: '^packages/contracts/src', pathNot: '[.]test[.]ts$' },
      to: { pathNot: ['^packages/(contracts|domain)/src', 'node_modules/typebox/'] },
    },
    {
      name: '3-platform-knows-no-module',
      severity: 'error',
      from: { path: '^apps/api/src/platform' },
      to: { path: '^apps/api/src/(modules|integrations|app[.]ts|seed)' },
    },
    {
      name: '4-modules-keep-routes-and-policy-to-themselves',
      severity: 'error',
      from: { path: '^apps/api/src/modules/([^/]+)/' },
      to: { path: '^apps/api/src/modules/[^/]+/(routes|policy)[.]ts$', pathNot: '^apps/api/src/modules/$1/' },
    },
    {
      name: '4-no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: '6-modules-know-no-integration',
      comment: 'Effects outside the database are rows in the outbox.',
      severity: 'error',
      from: { path: '^apps/api/src/modules/' },
      to: { path: '^apps/api/src/integrations/' },
    },
    {
      name: '7-web-knows-no-server',
      severity: 'error',
      from: { path: '^apps/web/' },
      to: { path: '^apps/(api|e2e)/' },
    },
    {
      name: '7-ui-and-lib-know-no-feature',
      severity: 'error',
      from: { path: '^apps/web/src/(ui|lib)/' },
      to: { path: '^apps/web/src/features/' },
    },
    {
      name: '7-features-share-queries-and-components',
      comment: 'A page belongs to its feature; others take its queries and components.',
      severity: 'error',
      from: { path: '^apps/web/src/features/([^/]+)/' },
      to: { path: '^apps/web/src/features/[^/]+/[^/]*-?[Pp]age[.]vue$', pathNot: '^apps/web/src/features/$1/' },
    },
    {
      name: 'server-knows-no-web',
      severity: 'error',
      from: { path: '^apps/api/' },
      to: { path: '^apps/(web|e2e)/' },
    },
    {
      name: 'sources-know-no-tests',
      severity: 'error',
      from: { path: '^(apps|packages)/[^/]+/src/', pathNot: '[.]test[.]ts$' },
      to: { path: '([.](test|spec)[.]ts$|^apps/[^/]+/test/|^packages/[^/]+/test/)' },
    },
    {
      name: 'nothing-unresolved',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: ['^virtual:', '^#', '[.]vue$', '^~icons'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|node_modules/[.]cache)/' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.js', '.mjs', '.vue', '.json', '.d.ts'],
    },
  },
}
