import type { RouteRecordRaw } from 'vue-router'
import { useSession } from '../../lib/session.ts'

/** One address for everybody, as letters name it; a landlord's has the portal around it. */
export const accountRoutes: RouteRecordRaw[] = [
  {
    path: '/account',
    beforeEnter: () => (useSession().user?.roles.includes('landlord') ? '/portal/account' : true),
    component: () => import('./AccountPage.vue'),
  },
]
