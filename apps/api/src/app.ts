import fastifySwagger from '@fastify/swagger'
import Fastify, { LogController, type FastifyInstance } from 'fastify'
import { accessConstraints, registerAccess } from './modules/access/routes.ts'
import { registerCalculations } from './modules/calculations/routes.ts'
import { registerCodeLists } from './modules/code-lists/routes.ts'
import { registerContacts } from './modules/contacts/routes.ts'
import { registerDrafts } from './modules/drafts/routes.ts'
import { homesConstraints, registerHomes } from './modules/homes/routes.ts'
import { landlordConstraints, registerLandlords } from './modules/landlords/routes.ts'
import { leaseConstraints } from './modules/leases/constraints.ts'
import { registerLeases } from './modules/leases/routes.ts'
import { peopleConstraints, registerPeople } from './modules/people/routes.ts'
import { registerSearch } from './modules/search/routes.ts'
import { registerPlacements } from './modules/placements/routes.ts'
import { registerPortal } from './modules/portal/routes.ts'
import { registerSettings } from './modules/settings/routes.ts'
import { registerToday } from './modules/today/routes.ts'
import { registerVacancies, vacancyConstraints } from './modules/vacancies/routes.ts'
import { registerViews, viewConstraints } from './modules/views/routes.ts'
import { addAcceptance } from './platform/acceptance.ts'
import { registerTokens } from './platform/auth.ts'
import { addAuthorisation, endedSessionBehind } from './platform/authorise.ts'
import { clientErrors, frameworkErrors } from './platform/early-errors.ts'
import { registerHealth } from './platform/health.ts'
import { registerHttp } from './platform/http.ts'
import type { AppDeps } from './platform/lifecycle.ts'
import { addNotFound } from './platform/not-found.ts'
import { documentOptions, registerDocument } from './platform/openapi.ts'
import { asDomainError, sendProblem, type ConstraintProblems } from './platform/problem.ts'
import { registerReference } from './platform/reference.ts'
import type { Routes } from './platform/route.ts'
import { serverOptions, type Timeouts } from './platform/server-options.ts'
import { registerSpa } from './platform/spa.ts'
import { addValidation } from './platform/validation.ts'

const constraints: ConstraintProblems = {
  ...accessConstraints,
  ...landlordConstraints,
  ...homesConstraints,
  ...peopleConstraints,
  ...leaseConstraints,
  ...vacancyConstraints,
  ...viewConstraints,
}

/** What a test may set otherwise; the rest of the application is the one that runs. */
export interface AppOptions {
  readonly timeouts?: Timeouts
  /** Folder of the built web app; null: none. */
  readonly webRoot?: string | null
  readonly extend?: (routes: Routes) => void | Promise<void>
}

/** The whole API on one page: what every request meets, in its order, then the modules. */
export async function buildApp(deps: AppDeps, options: AppOptions = {}): Promise<FastifyInstance> {
  const app: FastifyInstance = Fastify({
    ...serverOptions(options.timeouts),
    loggerInstance: deps.log,
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: deps.config.trustProxy.length > 0 ? [...deps.config.trustProxy] : false,
    genReqId: () => crypto.randomUUID(),
    routerOptions: { maxParamLength: 200 },
    frameworkErrors,
    clientErrorHandler: clientErrors(deps.log),
  }) as unknown as FastifyInstance

  addValidation(app)
  app.setErrorHandler(async (error, request, reply) => {
    let told = asDomainError(error, constraints)
    if (told.status < 500 && told.status !== 401) {
      try {
        await endedSessionBehind(request, deps)
      } catch (ended) {
        told = asDomainError(ended, constraints)
      }
    }
    return sendProblem(request, reply, told)
  })
  app.addHook('onSend', async (request, reply) => {
    reply.header('x-request-id', request.id)
  })

  await registerTokens(app, { signingKeys: deps.secrets.signingKeys, issuer: deps.config.publicUrl, clock: deps.clock })
  await registerHttp(app, deps)
  await app.register(fastifySwagger, documentOptions)
  addAuthorisation(app, deps)
  await addAcceptance(app)
  addNotFound(app)

  const routes: Routes = { app, deps }
  await registerHealth(app, deps)
  await registerAccess(routes)
  registerCalculations(routes)
  registerCodeLists(routes)
  registerContacts(routes)
  registerLandlords(routes)
  registerHomes(routes)
  registerPeople(routes)
  registerLeases(routes)
  registerSearch(routes)
  registerDrafts(routes)
  registerVacancies(routes)
  registerPortal(routes)
  registerPlacements(routes)
  registerSettings(routes)
  registerToday(routes)
  registerViews(routes)
  registerDocument(app)
  await registerReference(app)
  await options.extend?.(routes)
  if (options.webRoot !== null) await registerSpa(app, deps, options.webRoot)
  return app
}
