import { Type, type Static } from 'typebox'

/** Schemas of single values that many records share. Every string and number is bounded (IN-03). */

export const Id = Type.String({ format: 'uuid', maxLength: 36, description: 'UUIDv7 of the record.' })

/** A civil day in Europe/Helsinki, `YYYY-MM-DD`, 1900–2200. An end day is inside its period. */
export const Day = Type.String({
  format: 'civil-day',
  maxLength: 10,
  description: 'Civil day, YYYY-MM-DD, Europe/Helsinki; an end day is inclusive.',
})

export const Instant = Type.String({ format: 'date-time', maxLength: 35, description: 'Instant in UTC, RFC 3339.' })

/** Money, integer cents, 0 … 1 000 000 000 (ten million euros). */
export const Cents = Type.Integer({ minimum: 0, maximum: 1_000_000_000, description: 'Euro cents.' })

/** What shows nothing by itself: spaces, joiners and marks of direction, fillers, variation selectors; in escapes that most regex engines know. */
const invisible =
  '\\s\\u0080-\\u00a0\\u00ad\\u034f\\u061c\\u115f\\u1160\\u1680\\u17b4\\u17b5\\u180b-\\u180f\\u2000-\\u200f' +
  '\\u2028-\\u202f\\u205f-\\u206f\\u2800\\u3000\\u3164\\ufe00-\\ufe0f\\ufeff\\uffa0\\ufff0-\\ufffb'

/** One line of text for people; trimmed, at least one visible character. */
export const line = (maxLength: number, description?: string) =>
  Type.String({
    minLength: 1,
    maxLength,
    pattern: `^(?=.*[^${invisible}])[^\\u0000-\\u001f\\u007f]*$`,
    ...(description ? { description } : {}),
  })

/** Free text, several lines, may be empty only as null. */
export const Note = Type.String({ minLength: 1, maxLength: 4000, description: 'Free text; no health data, no identity codes.' })

export const Email = Type.String({ format: 'email', minLength: 3, maxLength: 254 })
export const Phone = Type.String({ pattern: '^\\+[1-9][0-9]{4,14}$', maxLength: 16, description: 'E.164, e.g. +358401234567.' })
export const PostalCode = Type.String({ pattern: '^[0-9]{5}$', maxLength: 5 })
export const Reference = Type.String({ minLength: 1, maxLength: 32, description: 'What people quote, e.g. S-2026-00123.' })
export const Etag = Type.String({
  maxLength: 80,
  description: 'Send it in If-Match to change the record, in If-None-Match to ask whether it changed.',
})

export const nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()])

/** A closed object with a name: unknown fields are refused, and the document refers to it by the name. */
export const closed = <P extends Type.TProperties>(title: string, properties: P) =>
  Type.Object(properties, { additionalProperties: false, title })

export const ById = closed('ById', { id: Id })

/** The statute behind a rule. `checkedOn` is the day when somebody last read it. */
export const Citation = closed('Citation', {
  statute: Type.String({ maxLength: 120 }),
  section: Type.String({ maxLength: 120 }),
  checkedOn: Type.String({ maxLength: 10 }),
})
export type Citation = Static<typeof Citation>

/** One fault of a refused request: where it is and what is wrong. */
export const Fault = closed('Fault', {
  pointer: Type.Optional(Type.String({ maxLength: 500, description: 'JSON Pointer into the body.' })),
  parameter: Type.Optional(Type.String({ maxLength: 200, description: 'Name of a path, query or header value.' })),
  code: Type.String({ maxLength: 80 }),
  params: Type.Record(Type.String({ maxLength: 80 }), Type.Unknown()),
  detail: Type.String({ maxLength: 1000 }),
})
export type Fault = Static<typeof Fault>

/** RFC 9457 problem document; every error body of the API is one. */
export const Problem = closed('Problem', {
  type: Type.String({ maxLength: 300 }),
  title: Type.String({ maxLength: 500, description: 'In the language asked for (fi, sv, en).' }),
  status: Type.Integer({ minimum: 400, maximum: 599 }),
  code: Type.String({ maxLength: 80, description: 'Stable, for programs.' }),
  params: Type.Record(Type.String({ maxLength: 80 }), Type.Unknown()),
  requestId: Type.String({ maxLength: 80 }),
  errors: Type.Array(Fault, { maxItems: 500 }),
  citations: Type.Optional(Type.Array(Citation, { maxItems: 20 })),
  error: Type.Optional(Type.String({ maxLength: 60, description: 'OAuth 2 error code, at the token endpoint only.' })),
})
export type Problem = Static<typeof Problem>

/** What every record carries. */
export const recordFields = { id: Id, etag: Etag, createdAt: Instant, updatedAt: Instant }
