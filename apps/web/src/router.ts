import { createRouter, createWebHistory, type RouteLocationNormalized, type Router } from 'vue-router'
import { useSession } from './lib/session.ts'
import { focusHeadingNext } from './ui/heading-focus.ts'
import { homeOf } from './layouts/navigation.ts'
import { routes } from './routes.ts'

export function createAppRouter(): Router {
  const router = createRouter({
    history: createWebHistory(),
    routes,
    scrollBehavior: (to, from, saved) => saved ?? (to.path === from.path ? false : { top: 0 }),
  })
  router.beforeEach(guard)
  router.afterEach((to, from) => {
    if (from.matched.length > 0 && to.path !== from.path) focusHeadingNext()
  })
  return router
}

/** Who is not signed in signs in first and comes back; who is, needs no sign-in page. */
async function guard(to: RouteLocationNormalized) {
  const session = useSession()
  const isOpen = to.meta.open === true
  if (!session.isSignedIn && (session.mayBeSignedIn() || !(isOpen || to.path === '/'))) {
    try {
      await session.restore()
    } catch {
      if (!isOpen) return to.name === 'unreachable' ? true : { name: 'unreachable', query: { next: to.fullPath } }
    }
  }
  if (isOpen) return to.name === 'sign-in' && session.user !== null ? homeOf(session.user) : true
  if (session.user === null) return { name: 'sign-in', query: to.path === '/' ? {} : { next: to.fullPath } }
  return to.path === '/' ? homeOf(session.user) : true
}
