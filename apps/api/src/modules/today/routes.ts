import { getToday } from '@kotoisa/contracts'
import { ask, type Routes } from '../../platform/route.ts'
import { readToday } from './read.ts'

export function registerToday(routes: Routes): void {
  ask(routes, getToday, (ctx, { query }) => readToday(ctx, query))
}
