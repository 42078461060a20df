import { getToday } from '@kotoisa/contracts'
import type { RouteRecordRaw } from 'vue-router'

export const todayRoutes: RouteRecordRaw[] = [{ path: '/today', meta: { needs: getToday }, component: () => import('./TodayPage.vue') }]
