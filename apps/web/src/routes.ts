import type { Endpoint } from '@kotoisa/contracts'
import type { RouteRecordRaw } from 'vue-router'
import { landlordRoutes } from './features/landlords/routes.ts'

declare module 'vue-router' {
  interface RouteMeta {
    /** For people who are not signed in. */
    readonly open?: true
    /** Only for those who may call it; the API goes by the same list. */
    readonly needs?: Pick<Endpoint, 'config'>
  }
}

const staff: RouteRecordRaw[] = [...landlordRoutes, { path: '/:rest(.*)*', component: () => import('./layouts/NotFoundPage.vue') }]

/** The addresses of the app; `pages` of the contracts names their beginnings for the API. */
export const routes: RouteRecordRaw[] = [
  { path: '/', name: 'front', component: () => import('./layouts/NotFoundPage.vue') },
  { path: '/sign-in', name: 'sign-in', meta: { open: true }, component: () => import('./features/session/SignInPage.vue') },
  { path: '/set-password', meta: { open: true }, component: () => import('./features/session/SetPasswordPage.vue') },
  { path: '/unreachable', name: 'unreachable', meta: { open: true }, component: () => import('./features/session/UnreachablePage.vue') },
  { path: '/', component: () => import('./layouts/StaffLayout.vue'), children: staff },
]
