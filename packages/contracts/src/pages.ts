/**
 * Addresses of the web app's pages; what is below one is its own too. The web's router has routes for these and the
 * API serves the app at these, so that every other address is honestly not found.
 */
export const pages = [
  '/',
  '/sign-in',
  '/set-password',
  '/accessibility',
  '/stored-data',
  '/licences',
  '/forgot-password',
  '/today',
  '/placements',
  '/leases',
  '/homes',
  '/households',
  '/landlords',
  '/obligations',
  '/reports',
  '/portal',
  '/admin',
  '/account',
] as const
