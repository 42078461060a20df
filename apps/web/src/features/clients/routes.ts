import { listApiClients } from '@kotoisa/contracts'
import type { RouteRecordRaw } from 'vue-router'

export const clientRoutes: RouteRecordRaw[] = [
  { path: '/admin/api-clients', meta: { needs: listApiClients }, component: () => import('./ClientListPage.vue') },
  { path: '/admin/api-clients/:id', meta: { needs: listApiClients }, props: true, component: () => import('./ClientPage.vue') },
]
