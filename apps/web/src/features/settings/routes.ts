import { getSettings, updateSettings } from '@kotoisa/contracts'
import type { RouteRecordRaw } from 'vue-router'

export const settingsRoutes: RouteRecordRaw[] = [
  { path: '/admin/settings', meta: { needs: getSettings }, component: () => import('./SettingsPage.vue') },
  { path: '/admin/settings/edit', meta: { needs: updateSettings }, component: () => import('./SettingsEditPage.vue') },
]
