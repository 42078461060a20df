import type { RouteRecordRaw } from 'vue-router'

export const portalRoutes: RouteRecordRaw = {
  path: '/portal',
  component: () => import('./PortalLayout.vue'),
  children: [
    { path: '', component: () => import('./PortalPage.vue') },
    { path: 'homes/:id', props: true, component: () => import('./PortalHomePage.vue') },
    { path: 'people', component: () => import('./PortalPeoplePage.vue') },
    { path: 'account', component: () => import('./PortalAccountPage.vue') },
    { path: ':rest(.*)*', component: () => import('../../ui/MissingView.vue'), props: { kind: 'notFound' } },
  ],
}
