import { rankHomes, type PlacementNeed, type PlacementWeights, type Ranking } from '@kotoisa/contracts'
import { defineQueryOptions } from '@pinia/colada'
import { call } from '../../lib/api.ts'

/** Homes for a need; without weights of this visit by those of the municipality. */
export const rankingQuery = defineQueryOptions((asked: { readonly need: PlacementNeed; readonly weights: PlacementWeights | null }) => ({
  key: ['placements', 'ranking', asked] as never,
  query: ({ signal }: { readonly signal: AbortSignal }) =>
    call(rankHomes, { body: { need: asked.need, ...(asked.weights === null ? {} : { weights: asked.weights }) }, signal }),
  // Weighed anew, the homes change places instead of going away.
  placeholderData: (previous: Ranking | undefined) => previous,
}))
