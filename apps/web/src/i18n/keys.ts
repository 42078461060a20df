/** The texts of the source language, a file a noun; every other language has the same keys (messages.test.ts). */
interface Source {
  account: typeof import('./locales/fi/account.json')
  about: typeof import('./locales/fi/about.json')
  app: typeof import('./locales/fi/app.json')
  clients: typeof import('./locales/fi/clients.json')
  form: typeof import('./locales/fi/form.json')
  format: typeof import('./locales/fi/format.json')
  history: typeof import('./locales/fi/history.json')
  homes: typeof import('./locales/fi/homes.json')
  households: typeof import('./locales/fi/households.json')
  landlords: typeof import('./locales/fi/landlords.json')
  leases: typeof import('./locales/fi/leases.json')
  list: typeof import('./locales/fi/list.json')
  log: typeof import('./locales/fi/log.json')
  palette: typeof import('./locales/fi/palette.json')
  placements: typeof import('./locales/fi/placements.json')
  portal: typeof import('./locales/fi/portal.json')
  problems: typeof import('./locales/fi/problems.json')
  session: typeof import('./locales/fi/session.json')
  settings: typeof import('./locales/fi/settings.json')
  steps: typeof import('./locales/fi/steps.json')
  today: typeof import('./locales/fi/today.json')
  users: typeof import('./locales/fi/users.json')
  vacancies: typeof import('./locales/fi/vacancies.json')
  vocabulary: typeof import('@kotoisa/contracts/code-labels/fi.json')
}

type Path<T> = { [K in keyof T & string]: T[K] extends string ? K : `${K}.${Path<T[K]>}` }[keyof T & string]

export type MessageKey = Path<Source>
