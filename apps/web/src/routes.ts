import type { Endpoint } from '@kotoisa/contracts'
import type { RouteRecordRaw } from 'vue-router'
import { aboutRoutes } from './features/about/routes.ts'
import { accountRoutes } from './features/account/routes.ts'
import { clientRoutes } from './features/clients/routes.ts'
import { homeRoutes } from './features/homes/routes.ts'
import { householdRoutes } from './features/households/routes.ts'
import { landlordRoutes } from './features/landlords/routes.ts'
import { leaseRoutes } from './features/leases/routes.ts'
import { logRoutes } from './features/log/routes.ts'
import { placementRoutes } from './features/placements/routes.ts'
import { portalRoutes } from './features/portal/routes.ts'
import { settingsRoutes } from './features/settings/routes.ts'
import { todayRoutes } from './features/today/routes.ts'
import { userRoutes } from './features/users/routes.ts'

declare module 'vue-router' {
  interface RouteMeta {
    /** For people who are not signed in. */
    readonly open?: true
    /** Only for those who may call it; the API goes by the same list. */
    readonly needs?: Pick<Endpoint, 'config'>
  }
}

const staff: RouteRecordRaw[] = [
  ...todayRoutes,
  ...placementRoutes,
  ...leaseRoutes,
  ...homeRoutes,
  ...householdRoutes,
  ...landlordRoutes,
  ...logRoutes,
  ...userRoutes,
  ...clientRoutes,
  ...settingsRoutes,
  ...accountRoutes,
  { path: '/:rest(.*)*', component: () => import('./ui/MissingView.vue'), props: { kind: 'notFound' } },
]

/** The addresses of the app; `pages` of the contracts names their beginnings for the API. */
export const routes: RouteRecordRaw[] = [
  { path: '/sign-in', name: 'sign-in', meta: { open: true }, component: () => import('./features/session/SignInPage.vue') },
  { path: '/forgot-password', meta: { open: true }, component: () => import('./features/session/ForgotPasswordPage.vue') },
  { path: '/set-password', meta: { open: true }, component: () => import('./features/session/SetPasswordPage.vue') },
  {
    path: '/sign-in/unreachable',
    name: 'unreachable',
    meta: { open: true },
    component: () => import('./features/session/UnreachablePage.vue'),
  },
  ...aboutRoutes,
  portalRoutes,
  { path: '/', component: () => import('./layouts/StaffLayout.vue'), children: staff },
]
