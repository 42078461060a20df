import { createHousehold, createPerson, listHouseholds, listPersons, updateHousehold, updatePerson } from '@kotoisa/contracts'
import type { RouteRecordRaw } from 'vue-router'

export const householdRoutes: RouteRecordRaw[] = [
  { path: '/households', meta: { needs: listHouseholds }, component: () => import('./HouseholdListPage.vue') },
  { path: '/households/new', meta: { needs: createHousehold }, component: () => import('./HouseholdNewPage.vue') },
  { path: '/households/persons', meta: { needs: listPersons }, component: () => import('./PersonListPage.vue') },
  { path: '/households/persons/new', meta: { needs: createPerson }, component: () => import('./PersonNewPage.vue') },
  { path: '/households/persons/:id', meta: { needs: listPersons }, props: true, component: () => import('./PersonPage.vue') },
  { path: '/households/persons/:id/edit', meta: { needs: updatePerson }, props: true, component: () => import('./PersonEditPage.vue') },
  { path: '/households/:id', meta: { needs: listHouseholds }, props: true, component: () => import('./HouseholdPage.vue') },
  { path: '/households/:id/edit', meta: { needs: updateHousehold }, props: true, component: () => import('./HouseholdEditPage.vue') },
]
