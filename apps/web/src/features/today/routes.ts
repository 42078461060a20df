import { createSublease } from '@kotoisa/contracts'
import type { RouteRecordRaw } from 'vue-router'

export const todayRoutes: RouteRecordRaw[] = [
  { path: '/today', meta: { needs: createSublease }, component: () => import('./TodayPage.vue') },
]
