import { createLandlord, listLandlords, updateLandlord } from '@kotoisa/contracts'
import type { RouteRecordRaw } from 'vue-router'

export const landlordRoutes: RouteRecordRaw[] = [
  { path: '/landlords', meta: { needs: listLandlords }, component: () => import('./LandlordListPage.vue') },
  { path: '/landlords/new', meta: { needs: createLandlord }, component: () => import('./LandlordNewPage.vue') },
  { path: '/landlords/:id', meta: { needs: listLandlords }, props: true, component: () => import('./LandlordPage.vue') },
  { path: '/landlords/:id/edit', meta: { needs: updateLandlord }, props: true, component: () => import('./LandlordEditPage.vue') },
]
