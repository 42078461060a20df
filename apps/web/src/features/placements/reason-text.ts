import type { RankedHome } from '@kotoisa/contracts'
import { isDay } from '@kotoisa/domain'
import { isMessageKey, t } from '../../i18n/index.ts'
import { formatDay, formatMoney } from '../../lib/format.ts'

type Reason = RankedHome['reasons'][number]
type Blocker = RankedHome['blockers'][number]

/** The ranking in words: params are days, cents, counts, features and areas. */
function told(params: Reason['params'], areaName: (id: string) => string): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => {
      if (name === 'areaId') return ['area', areaName(String(value))]
      if (name === 'feature') return [name, featureName(String(value))]
      if (typeof value === 'number') return [name, /cents$/i.test(name) ? formatMoney(value) : value]
      return [name, isDay(value) ? formatDay(value) : value]
    }),
  )
}

function featureName(feature: string): string {
  const key = [`vocabulary.accessibility.${feature}`, `vocabulary.flatFeature.${feature}`].find(isMessageKey)
  return key === undefined ? feature : t(key)
}

export const reasonText = ({ code, params }: Reason, areaName: (id: string) => string): string =>
  t(`placements.reason.${code}`, told(params, areaName))

export const blockerText = ({ code, params }: Blocker, areaName: (id: string) => string): string =>
  t(`placements.blocker.${code}`, told(params, areaName))
