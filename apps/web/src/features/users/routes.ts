import { listUsers } from '@kotoisa/contracts'
import type { RouteRecordRaw } from 'vue-router'

export const userRoutes: RouteRecordRaw[] = [
  { path: '/admin/users', meta: { needs: listUsers }, component: () => import('./UserListPage.vue') },
  { path: '/admin/users/:id', meta: { needs: listUsers }, props: true, component: () => import('./UserPage.vue') },
]
