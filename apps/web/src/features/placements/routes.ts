import { createSublease } from '@kotoisa/contracts'
import type { RouteRecordRaw } from 'vue-router'

export const placementRoutes: RouteRecordRaw[] = [
  { path: '/placements', meta: { needs: createSublease }, component: () => import('./NeedPage.vue') },
  { path: '/placements/homes', meta: { needs: createSublease }, component: () => import('./HomesPage.vue') },
  { path: '/placements/review', meta: { needs: createSublease }, component: () => import('./ReviewPage.vue') },
]
