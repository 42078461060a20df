import { createArea, createBuilding, createFlat, listAreas, listBuildings, listFlats, updateBuilding, updateFlat } from '@kotoisa/contracts'
import type { RouteRecordRaw } from 'vue-router'

export const homeRoutes: RouteRecordRaw[] = [
  { path: '/homes', meta: { needs: listFlats }, component: () => import('./FlatListPage.vue') },
  { path: '/homes/new', meta: { needs: createFlat }, component: () => import('./FlatNewPage.vue') },
  { path: '/homes/areas', meta: { needs: listAreas }, component: () => import('./AreaListPage.vue') },
  { path: '/homes/areas/new', meta: { needs: createArea }, component: () => import('./AreaFormPage.vue') },
  { path: '/homes/areas/:id', meta: { needs: createArea }, props: true, component: () => import('./AreaFormPage.vue') },
  { path: '/homes/buildings', meta: { needs: listBuildings }, component: () => import('./BuildingListPage.vue') },
  { path: '/homes/buildings/new', meta: { needs: createBuilding }, component: () => import('./BuildingFormPage.vue') },
  { path: '/homes/buildings/:id', meta: { needs: listBuildings }, props: true, component: () => import('./BuildingPage.vue') },
  { path: '/homes/buildings/:id/edit', meta: { needs: updateBuilding }, props: true, component: () => import('./BuildingFormPage.vue') },
  { path: '/homes/:id', meta: { needs: listFlats }, props: true, component: () => import('./FlatPage.vue') },
  { path: '/homes/:id/edit', meta: { needs: updateFlat }, props: true, component: () => import('./FlatEditPage.vue') },
]
