import './theme/fonts.ts'
import './theme/main.css'
import { PiniaColada } from '@pinia/colada'
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from './App.vue'
import { i18n, languageAsked, showLanguage } from './i18n/index.ts'
import { followColourScheme } from './lib/colour-scheme.ts'
import { createAppRouter } from './router.ts'

followColourScheme()
await showLanguage(languageAsked() ?? 'fi')

const app = createApp(App)
app.use(createPinia())
app.use(PiniaColada, { queryOptions: { staleTime: 10_000, gcTime: 300_000, refetchOnWindowFocus: true } })
app.use(i18n)
app.use(createAppRouter())
app.mount('#app')
