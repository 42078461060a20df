import { listAuditEntries } from '@kotoisa/contracts'
import type { RouteRecordRaw } from 'vue-router'

export const logRoutes: RouteRecordRaw[] = [{ path: '/admin', meta: { needs: listAuditEntries }, component: () => import('./LogPage.vue') }]
