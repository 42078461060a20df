import type { RouteRecordRaw } from 'vue-router'

/** Open to whoever comes. */
export const aboutRoutes: RouteRecordRaw[] = [
  { path: '/accessibility', meta: { open: true }, component: () => import('./AccessibilityPage.vue') },
  { path: '/stored-data', meta: { open: true }, component: () => import('./StoredDataPage.vue') },
  { path: '/licences', meta: { open: true }, component: () => import('./LicencesPage.vue') },
]
