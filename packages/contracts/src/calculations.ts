import {
  fixedTermGrounds,
  headLeaseEndCauses,
  identifierKinds,
  interestDebtors,
  leaseLayers,
  leaseScopes,
  leaseTerms,
  noticeGivers,
  reimbursementGrounds,
  type CalculationName,
  type CalculationResult,
  type FixedTermGround,
  type NoticeGiver,
  type Step,
} from '@kotoisa/domain'
import { Type, type TSchema } from 'typebox'
import { endpoint } from './endpoint.ts'
import { Cents, Citation, Day, closed, nullable } from './fields.ts'

const giverDescriptions: Readonly<Record<NoticeGiver, string>> = {
  landlord: 'The landlord of that lease gives notice to its tenant.',
  tenant: 'The tenant of that lease gives notice to its landlord.',
}

const groundDescriptions: Readonly<Record<FixedTermGround, string>> = {
  39: 'Notice under 39 § of the tenancy act (481/1995).',
  44: 'Notice under 44 § of the tenancy act (481/1995).',
  46: 'Notice after the tenant’s death, 46 § of the tenancy act (481/1995).',
  55: 'Notice by leave of a court, 55 § of the tenancy act (481/1995).',
  90: 'Notice under 90 § of the tenancy act (481/1995).',
  91: 'Notice under 91 § of the tenancy act (481/1995).',
}

/** What each rule asks; days are civil, money is whole cents. The rules and their law: packages/domain. */
export const calculationInputs = {
  'notice-end': closed('NoticeEndInput', {
    layer: Type.Enum(leaseLayers),
    givenBy: Type.Enum(noticeGivers, {
      description: 'Of that layer: the city is the tenant of a head lease and the landlord of a sublease.',
      'x-enum-descriptions': giverDescriptions,
    }),
    term: Type.Enum(leaseTerms),
    tenancyStartsOn: Day,
    servedOn: nullable(Day),
    groundStated: Type.Boolean(),
    endDateStated: Type.Boolean(),
    subtenantServedOn: Type.Optional(nullable(Day)),
    fixedTermGround: Type.Optional(nullable(Type.Enum(fixedTermGrounds, { 'x-enum-descriptions': groundDescriptions }))),
  }),
  'continuation-right': closed('ContinuationRightInput', {
    scope: Type.Enum(leaseScopes),
    cause: Type.Enum(headLeaseEndCauses),
    groundKnownOn: nullable(Day),
    termsKnownOn: nullable(Day),
    headLeaseEndsOn: Day,
    subleaseEndsOn: nullable(Day),
    landlordMayRescind: Type.Boolean(),
    continuationNoticeReceivedOn: Type.Optional(nullable(Day)),
  }),
  'rent-due': closed('RentDueInput', {
    month: Type.String({ pattern: '^((19|20|21)[0-9]{2}|2200)-(0[1-9]|1[0-2])$', maxLength: 7 }),
    agreedDay: nullable(Type.Integer({ minimum: 1, maximum: 31 })),
  }),
  'prorated-rent': closed('ProratedRentInput', { monthlyRentCents: Cents, fromOn: Day, toOn: Day }),
  'default-interest': closed('DefaultInterestInput', {
    principalCents: Cents,
    dueOn: Day,
    paidOn: Day,
    debtor: Type.Enum(interestDebtors),
  }),
  'payment-allocation': closed('PaymentAllocationInput', {
    principalCents: Cents,
    interestCents: Cents,
    costsCents: Cents,
    paymentCents: Cents,
  }),
  'reminder-fee': closed('ReminderFeeInput', { dueOn: Day, previousReminderOn: nullable(Day), sentOn: Day, feeCents: Cents }),
  'payment-reference': closed('PaymentReferenceInput', {
    base: Type.String({ minLength: 1, maxLength: 30, description: '3–19 digits, no zero first.' }),
  }),
  identifier: closed('IdentifierInput', { kind: Type.Enum(identifierKinds), value: Type.String({ minLength: 1, maxLength: 60 }) }),
  'index-rent': closed('IndexRentInput', {
    baseRentCents: Cents,
    baseIndex: Type.Number({ minimum: 0.01, maximum: 100_000, description: 'At most two decimals.' }),
    newIndex: Type.Number({ minimum: 0.01, maximum: 100_000 }),
    araRestricted: Type.Boolean(),
  }),
  'cost-rent-increase': closed('CostRentIncreaseInput', { servedOn: Day }),
  'security-cap': closed('SecurityCapInput', { monthlyRentCents: Cents, demandedCents: Cents }),
  'term-chain': closed('TermChainInput', {
    terms: Type.Array(closed('AgreedTerm', { startsOn: Day, endsOn: nullable(Day), written: Type.Boolean() }), {
      minItems: 1,
      maxItems: 100,
    }),
  }),
  'death-continuation': closed('DeathContinuationInput', { diedOn: Day }),
  'state-reimbursement': closed('StateReimbursementInput', {
    ground: Type.Enum(reimbursementGrounds),
    ageAtStart: Type.Integer({ minimum: 0, maximum: 120 }),
    homeMunicipalityFrom: Day,
  }),
} as const satisfies Record<CalculationName, TSchema>

const CalculationStep = Type.Unsafe<Step>({
  type: 'object',
  title: 'CalculationStep',
  description: 'One step: what the rule got, what it gave, where it stands, and the steps below it.',
  required: ['rule', 'inputs', 'value', 'citation', 'steps'],
  additionalProperties: false,
  properties: {
    rule: { type: 'string', maxLength: 80 },
    inputs: { type: 'object', additionalProperties: true },
    value: { description: 'A scalar, a list of scalars, or null.' },
    citation: Citation,
    steps: { type: 'array', maxItems: 200, items: { type: 'object', description: 'A CalculationStep again.' } },
  },
})

const answerOf = <Name extends CalculationName>(name: Name) =>
  closed(`${operationOf(name)}Answer`, {
    result: Type.Unsafe<CalculationResult<Name>>({
      type: 'object',
      additionalProperties: true,
      description: 'Fields as the rule names them; null where there is no answer.',
    }),
    steps: Type.Array(CalculationStep, { maxItems: 200 }),
    citations: Type.Array(Citation, { maxItems: 100 }),
    checkedOn: Day,
  })

/** `notice-end` → `NoticeEnd`. */
const operationOf = (name: CalculationName) =>
  name
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('')

/** Any signed-in person or client may ask; nothing is stored. */
export const calculationEndpoint = <Name extends CalculationName>(name: Name) =>
  endpoint({
    method: 'POST',
    url: `/v1/calculations/${name}`,
    config: { access: { signedIn: true } },
    schema: {
      operationId: `calculate${operationOf(name)}`,
      tags: ['calculations'],
      summary: `Calculate: ${name.replaceAll('-', ' ')}`,
      description: 'The result and the steps that led to it, each with its paragraph. Help, not legal advice.',
      body: calculationInputs[name],
      response: { 200: answerOf(name) },
    },
  })
