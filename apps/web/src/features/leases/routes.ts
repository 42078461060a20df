import { createHeadLease, createSublease, listHeadLeases, listSubleases, updateHeadLease, updateSublease } from '@kotoisa/contracts'
import type { RouteRecordRaw } from 'vue-router'

export const leaseRoutes: RouteRecordRaw[] = [
  { path: '/leases', meta: { needs: listSubleases }, component: () => import('./SubleaseListPage.vue') },
  { path: '/leases/new', meta: { needs: createSublease }, component: () => import('./SubleaseNewPage.vue') },
  { path: '/leases/head', meta: { needs: listHeadLeases }, component: () => import('./HeadLeaseListPage.vue') },
  { path: '/leases/head/new', meta: { needs: createHeadLease }, component: () => import('./HeadLeaseNewPage.vue') },
  { path: '/leases/head/:id', meta: { needs: listHeadLeases }, props: true, component: () => import('./HeadLeasePage.vue') },
  { path: '/leases/head/:id/edit', meta: { needs: updateHeadLease }, props: true, component: () => import('./HeadLeaseEditPage.vue') },
  { path: '/leases/:id', meta: { needs: listSubleases }, props: true, component: () => import('./SubleasePage.vue') },
  { path: '/leases/:id/edit', meta: { needs: updateSublease }, props: true, component: () => import('./SubleaseEditPage.vue') },
]
