import vue from '@vitejs/plugin-vue'
import ui from '@nuxt/ui/vite'
import { defineConfig } from 'vitest/config'
import { bundledIcons } from './build/bundled-icons.ts'
import { precompiledMessages } from './build/precompiled-messages.ts'
import { shippedLicences } from './build/shipped-licences.ts'
import { withoutDescriptions } from './build/without-descriptions.ts'
import manifest from '../../package.json' with { type: 'json' }

const source = new URL('src', import.meta.url).pathname
const api = process.env['API_URL'] ?? 'http://127.0.0.1:3000'

/** What the style sheet's tokens cannot say to the component library; the classes are Tailwind's. */
const libraryTheme = {
  button: {
    slots: { base: 'justify-center', label: 'whitespace-normal text-start' },
    variants: {
      size: {
        sm: { base: 'min-h-8' },
        md: { base: 'min-h-9 px-3.5 max-sm:min-h-11', leadingIcon: 'size-4.5', trailingIcon: 'size-4.5' },
      },
    },
    compoundVariants: [
      { size: 'md', square: true, class: { base: 'min-w-9 px-2 max-sm:min-w-11' } },
      // The library lets the page shine through under the pointer, and the label loses its contrast.
      { color: 'primary', variant: 'solid', class: { base: 'hover:bg-(--accent-strong) active:bg-(--accent-strong)' } },
      { color: 'error', variant: 'solid', class: { base: 'hover:bg-error active:bg-error' } },
    ],
    defaultVariants: { color: 'neutral', variant: 'outline' },
  },
  input: { variants: { size: { md: { base: 'min-h-10 max-sm:min-h-11 text-sm' } } } },
  textarea: { variants: { size: { md: { base: 'text-sm' } } } },
  modal: {
    slots: { description: 'text-sm text-toned', footer: 'flex-wrap gap-3' },
    variants: { overlay: { true: { overlay: 'bg-black/50' } } },
  },
}

export default defineConfig({
  plugins: [
    vue(),
    precompiledMessages(`${source}/i18n/locales`, new URL('../../packages/contracts/src/code-labels', import.meta.url).pathname),
    bundledIcons(source),
    shippedLicences(),
    withoutDescriptions(new URL('../../packages/contracts/src', import.meta.url).pathname),
    ui({
      router: true,
      // The theme is a class that `lib/theme.ts` sets: no style element is made at run time (CSP).
      colorMode: false,
      autoImport: false,
      components: false,
      dts: false,
      icon: { clientBundle: false },
      experimental: { componentDetection: true },
      theme: { transitions: false },
      ui: libraryTheme as object,
    }),
  ],
  resolve: {
    alias: {
      // Icons come from the bundle, never from a server: see ui/icons.ts.
      '@iconify/vue': `${source}/ui/icons.ts`,
      'reka-ui/namespaced': `${source}/ui/reka/namespaced.ts`,
    },
  },
  define: {
    __KOTOISA_VERSION__: JSON.stringify(manifest.version),
    // Messages are compiled when the app is built: no compiler and no `eval` in the browser.
    __INTLIFY_DROP_MESSAGE_COMPILER__: true,
    __INTLIFY_PROD_DEVTOOLS__: false,
    __VUE_I18N_FULL_INSTALL__: false,
    __VUE_I18N_LEGACY_API__: false,
    __VUE_OPTIONS_API__: true,
  },
  build: {
    // No `data:` addresses: the policy allows files of this origin only.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 900,
    rolldownOptions: {
      input: ['index.html', '404.html'],
      // Schemas are built by pure functions: an endpoint that no page uses is left out.
      treeshake: { manualPureFunctions: ['endpoint', 'closed', 'nullable', 'line', 'listQuery', 'pageOf', 'Type'] },
    },
  },
  server: {
    proxy: Object.fromEntries(['/v1', '/oauth', '/openapi.json', '/docs', '/.well-known'].map((path) => [path, { target: api }])),
  },
  test: {
    name: 'web',
    environment: 'happy-dom',
    setupFiles: ['./test/setup.ts'],
  },
})
