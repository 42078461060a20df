import type { FastifyInstance } from 'fastify'

/** Where browsers tell of what the policy stopped. */
export const reportAddress = '/csp-reports'

const policy = (styles: string) =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src ${styles}`,
    "img-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'report-to csp',
  ].join('; ')

const off = [
  'accelerometer',
  'camera',
  'display-capture',
  'geolocation',
  'gyroscope',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'usb',
]

/** On every answer: pages, files, API, errors (HD-01, HD-02). Nothing is kept by a cache unless its route says so (HD-03). */
export const securityHeaders: Readonly<Record<string, string>> = {
  'cache-control': 'no-store',
  'content-security-policy': policy("'self'"),
  'reporting-endpoints': `csp="${reportAddress}"`,
  'strict-transport-security': 'max-age=63072000; includeSubDomains',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': off.map((feature) => `${feature}=()`).join(', '),
}

/** The reference page styles itself in place; it alone may. */
const docsPolicy = policy("'self' 'unsafe-inline'")
const isDocs = (url: string) => /^\/docs(?:[/?]|$)/.test(url)

export function addSecurityHeaders(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(securityHeaders)
    if (isDocs(request.url)) reply.header('content-security-policy', docsPolicy)
  })
}
