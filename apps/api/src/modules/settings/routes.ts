import * as contract from '@kotoisa/contracts'
import { historyOf } from '../../platform/audit.ts'
import { ask, change, read, type Routes } from '../../platform/route.ts'
import { readSettings, updateSettings } from './settings.ts'

export function registerSettings(routes: Routes): void {
  read(routes, contract.getSettings, readSettings)
  change(routes, contract.updateSettings, updateSettings, readSettings)
  ask(routes, contract.getSettingsHistory, (ctx) => historyOf(ctx, 'settings', ctx.actor.municipalityId))
}
