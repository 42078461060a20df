import { calculationEndpoint } from '@kotoisa/contracts'
import { calculationNames, calculations, type CalculationName, type Explained } from '@kotoisa/domain'
import { originOf, type Routes } from '../../platform/route.ts'
import { inTransaction } from '../../platform/database.ts'

/** The rules over HTTP: pure, so that the transaction asks for nothing but a living session. */
export function registerCalculations({ app, deps }: Routes): void {
  for (const name of calculationNames) {
    app.route({
      ...calculationEndpoint(name),
      handler: (request) => inTransaction(deps.database, originOf(request, deps), () => Promise.resolve(calculate(name, request.body))),
    })
  }
}

/** The schema of the route has checked the body against the rule's input. */
const calculate = (name: CalculationName, input: unknown): Explained<unknown> =>
  (calculations[name] as (input: unknown) => Explained<unknown>)(input)
