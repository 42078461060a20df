import type { Citation } from './explain.ts'

/** HTTP status of each kind of problem: the one place where a kind becomes a number. */
export const problemStatus = {
  malformed: 400,
  unauthenticated: 401,
  forbidden: 403,
  notFound: 404,
  methodNotAllowed: 405,
  notAcceptable: 406,
  timedOut: 408,
  conflict: 409,
  preconditionFailed: 412,
  tooLarge: 413,
  uriTooLong: 414,
  unsupportedMediaType: 415,
  invalid: 422,
  preconditionRequired: 428,
  tooMany: 429,
  headersTooLarge: 431,
  internal: 500,
  unavailable: 503,
} as const

export type ProblemKind = keyof typeof problemStatus

/** Every code that a body may carry, with its kind. Message keys of the source language are equal to these (type test). */
export const problems = {
  'request.malformed': { kind: 'malformed' },
  'request.invalid': { kind: 'invalid' },
  'request.unknownParameter': { kind: 'malformed' },
  'request.bodyMissing': { kind: 'malformed' },
  'json.malformed': { kind: 'malformed' },
  'media.unsupported': { kind: 'unsupportedMediaType' },
  'body.tooLarge': { kind: 'tooLarge' },
  'uri.tooLong': { kind: 'uriTooLong' },
  'headers.tooLarge': { kind: 'headersTooLarge' },
  'request.timedOut': { kind: 'timedOut' },
  'method.notAllowed': { kind: 'methodNotAllowed' },
  'accept.notAcceptable': { kind: 'notAcceptable' },
  'route.notFound': { kind: 'notFound' },

  'auth.required': { kind: 'unauthenticated' },
  'auth.invalidToken': { kind: 'unauthenticated' },
  'auth.sessionEnded': { kind: 'unauthenticated' },
  'auth.badCredentials': { kind: 'unauthenticated' },
  'auth.tooManyAttempts': { kind: 'tooMany' },
  'auth.refreshReused': { kind: 'unauthenticated' },
  'auth.forbiddenOrigin': { kind: 'forbidden' },
  'access.denied': { kind: 'forbidden' },
  'user.emailTaken': { kind: 'conflict' },
  'user.landlordAlone': { kind: 'invalid' },
  'user.landlordMissing': { kind: 'invalid' },
  'user.landlordNotAllowed': { kind: 'invalid' },
  'user.lastAdministrator': { kind: 'conflict' },
  'user.hasPassword': { kind: 'conflict' },
  'user.notInvitable': { kind: 'conflict' },
  'user.isDisabled': { kind: 'conflict' },
  'user.notDisabled': { kind: 'conflict' },
  'user.closedByCity': { kind: 'conflict' },
  'user.ownAccount': { kind: 'conflict' },
  'user.lastOfOrganisation': { kind: 'conflict' },
  'user.cannotInvite': { kind: 'conflict' },
  'apiClient.clientIdTaken': { kind: 'conflict' },
  'apiClient.landlordReadsOnly': { kind: 'invalid' },
  'apiClient.isRevoked': { kind: 'conflict' },
  'apiClient.twoSecrets': { kind: 'conflict' },
  'apiClient.oneSecret': { kind: 'conflict' },
  'password.tooShort': { kind: 'invalid' },
  'password.tooLong': { kind: 'invalid' },
  'password.blocked': { kind: 'invalid' },
  'password.wrong': { kind: 'invalid' },
  'oauth.invalidClient': { kind: 'unauthenticated' },
  'oauth.invalidScope': { kind: 'malformed' },
  'oauth.unsupportedGrantType': { kind: 'malformed' },

  'view.nameTaken': { kind: 'conflict' },
  'view.tooMany': { kind: 'conflict' },

  'record.notFound': { kind: 'notFound' },
  'record.inUse': { kind: 'conflict' },
  'reference.notFound': { kind: 'invalid' },
  'precondition.required': { kind: 'preconditionRequired' },
  'precondition.failed': { kind: 'preconditionFailed' },
  'idempotency.keyMissing': { kind: 'malformed' },
  'idempotency.keyInvalid': { kind: 'malformed' },
  'idempotency.inFlight': { kind: 'conflict' },
  'idempotency.keyReused': { kind: 'invalid' },
  'idempotency.notReplayable': { kind: 'conflict' },
  'cursor.invalid': { kind: 'malformed' },
  'rate.limited': { kind: 'tooMany' },
  'server.unavailable': { kind: 'unavailable' },
  'server.internal': { kind: 'internal' },

  'date.reversed': { kind: 'invalid' },
  'date.inFuture': { kind: 'invalid' },
  'date.outsideHeadLease': { kind: 'invalid' },
  'identifier.format': { kind: 'invalid' },
  'identifier.date': { kind: 'invalid' },
  'identifier.checkDigit': { kind: 'invalid' },
  'identifier.artificial': { kind: 'invalid' },
  'identifier.taken': { kind: 'conflict' },

  'lease.overlap': { kind: 'conflict' },
  'lease.wrongState': { kind: 'conflict' },
  'lease.notDraft': { kind: 'conflict' },
  'lease.alreadySigned': { kind: 'conflict' },
  'lease.subletPermissionMissing': { kind: 'conflict' },
  'lease.notStarted': { kind: 'conflict' },
  'lease.headLeaseNotSigned': { kind: 'conflict' },
  'lease.headLeaseNotActive': { kind: 'conflict' },
  'lease.tenantMissing': { kind: 'conflict' },
  'lease.rentMissing': { kind: 'conflict' },
  'lease.endBeforeStart': { kind: 'invalid' },
  'lease.endMissing': { kind: 'invalid' },
  'lease.endNotAllowed': { kind: 'invalid' },
  'lease.endAfterTerm': { kind: 'invalid' },
  'lease.revertTooLate': { kind: 'conflict' },
  'lease.notTold': { kind: 'conflict' },
  'lease.roomMissing': { kind: 'invalid' },
  'lease.roomNotAllowed': { kind: 'invalid' },
  'lease.placeUnknown': { kind: 'invalid' },
  'lease.tenantNotMember': { kind: 'invalid' },
  'rentPart.outsideLease': { kind: 'invalid' },
  'rentPart.overlap': { kind: 'invalid' },
  'rentPart.indexNotAllowed': { kind: 'invalid' },
  'headLease.subleaseLivesOn': { kind: 'conflict' },
  'headLease.inUse': { kind: 'conflict' },
  'security.tooHigh': { kind: 'invalid' },
  'vacancy.overlap': { kind: 'conflict' },
  'vacancy.flatLet': { kind: 'conflict' },
  'vacancy.outsideHeadLease': { kind: 'invalid' },
  'lease.vacancyMeets': { kind: 'conflict' },
  'settings.comfortAboveMost': { kind: 'invalid' },
  'settings.ceilingFalls': { kind: 'invalid' },
  'area.nameTaken': { kind: 'conflict' },
  'room.nameTaken': { kind: 'conflict' },
  'flat.apartmentTaken': { kind: 'conflict' },
  'flat.apartmentIncomplete': { kind: 'invalid' },
  'person.identifierMissing': { kind: 'invalid' },
  'person.birthDateMissing': { kind: 'invalid' },
  'person.birthDateDiffers': { kind: 'invalid' },
  'person.birthDateInFuture': { kind: 'invalid' },
  'household.memberOverlap': { kind: 'conflict' },
  'household.memberMissing': { kind: 'invalid' },
  'addressProtection.noRight': { kind: 'forbidden' },
  'reveal.tooMany': { kind: 'tooMany' },

  'calculation.rateUnknown': { kind: 'invalid' },
  'calculation.ruleUnknown': { kind: 'invalid' },
  'calculation.baseInvalid': { kind: 'invalid' },
  'calculation.outOfRange': { kind: 'invalid' },
  'calculation.notOneMonth': { kind: 'invalid' },
  'calculation.termsOverlap': { kind: 'invalid' },
  'value.type': { kind: 'malformed' },
  'value.format': { kind: 'malformed' },
  'value.pattern': { kind: 'malformed' },
  'value.tooShort': { kind: 'malformed' },
  'value.tooLong': { kind: 'malformed' },
  'value.tooSmall': { kind: 'malformed' },
  'value.tooLarge': { kind: 'malformed' },
  'value.notAllowed': { kind: 'malformed' },
  'value.missing': { kind: 'malformed' },
  'value.unknown': { kind: 'malformed' },
  'value.count': { kind: 'malformed' },
  'value.invalid': { kind: 'malformed' },
  'record.conflict': { kind: 'conflict' },
  'landlord.groundWithoutNonprofit': { kind: 'invalid' },
} as const satisfies Record<string, { readonly kind: ProblemKind }>

export type ProblemCode = keyof typeof problems

/** Values that a message text may show. Never an identity code, an address or another secret: they are logged and translated. */
export type ProblemParams = Readonly<Record<string, string | number | boolean | null>>

/** One fault of a refused request: where it is (JSON pointer into the body, or the name of a query value) and what it is. */
export interface Fault {
  readonly code: ProblemCode
  readonly params?: ProblemParams
  readonly pointer?: string
  readonly parameter?: string
}

export interface DomainErrorDetails {
  readonly pointer?: string
  readonly parameter?: string
  readonly citations?: readonly Citation[]
  readonly faults?: readonly Fault[]
  /** What led here, for the log; never in a body. */
  readonly cause?: unknown
}

/** The only thing that modules throw on purpose. `faults` tells every fault that has a place; one with a place stands there too. */
export class DomainError extends Error {
  override readonly name = 'DomainError'
  readonly code: ProblemCode
  readonly params: ProblemParams
  readonly pointer: string | undefined
  readonly parameter: string | undefined
  readonly citations: readonly Citation[]
  readonly faults: readonly Fault[]

  constructor(code: ProblemCode, params: ProblemParams = {}, details: DomainErrorDetails = {}) {
    super(code, details.cause === undefined ? undefined : { cause: details.cause })
    this.code = code
    this.params = params
    this.pointer = details.pointer
    this.parameter = details.parameter
    this.citations = details.citations ?? []
    const { pointer, parameter } = details
    const own: Fault = {
      code,
      params,
      ...(pointer === undefined ? {} : { pointer }),
      ...(parameter === undefined ? {} : { parameter }),
    }
    this.faults = details.faults ?? (pointer === undefined && parameter === undefined ? [] : [own])
  }

  get kind(): ProblemKind {
    return problems[this.code].kind
  }

  get status(): number {
    return problemStatus[this.kind]
  }

  /**
   * Throws when there is at least one fault: with its own code when it is alone, with `request.invalid` (422) when there
   * are several, so that a caller sees all of them at once; when all of them are conflicts, with the first one's code, since
   * together they are still a 409. Without faults it returns.
   */
  static all(faults: readonly Fault[], citations: readonly Citation[] = []): void {
    const [first, ...rest] = faults
    if (first === undefined) return
    const allConflicts = faults.every((fault) => problems[fault.code].kind === 'conflict')
    if (rest.length > 0 && !allConflicts) {
      throw new DomainError('request.invalid', { count: faults.length }, { faults, citations })
    }
    throw new DomainError(first.code, first.params ?? {}, {
      ...(first.pointer === undefined ? {} : { pointer: first.pointer }),
      ...(first.parameter === undefined ? {} : { parameter: first.parameter }),
      faults,
      citations,
    })
  }
}
