import { randomUUID } from 'node:crypto'
import request from 'supertest'
import { beforeEach, describe, expect, test } from 'vitest'
import { password } from '../../../test/access-app.ts'
import { told, type As, type Body } from '../../../test/lease-world.ts'
import { moduleWorld } from '../../../test/module-world.ts'
import { catchMail } from '../../../test/smtp-catcher.ts'
import { deliverLetters } from './deliver-letters.ts'

const mail = await catchMail()
const { app, world } = await moduleWorld({ smtpUrl: mail.url, mailFrom: 'Kotoisa <kotoisa@kunta.example>' })
beforeEach(() => {
  mail.letters.length = 0
})

const admin = () => world.as('admin')
const newEmail = () => `${randomUUID()}@kunta.example`
const invite = async (change: Body = {}, as?: As) =>
  world.send(
    'post',
    '/v1/users',
    { name: 'Kaisa Kutsuttu', email: newEmail(), roles: ['coordinator'], ...change },
    {},
    as ?? (await admin()),
  )
const command = async (id: string, act: string, as?: As) => {
  const { body } = await world.get(`/v1/users/${id}`, await admin())
  return world.send('post', `/v1/users/${id}/${act}`, {}, { 'if-match': (body as { etag: string }).etag }, as ?? (await admin()))
}
const patch = async (id: string, change: Body) => {
  const { body } = await world.get(`/v1/users/${id}`, await admin())
  return world.send('patch', `/v1/users/${id}`, change, { 'if-match': (body as { etag: string }).etag }, await admin())
}
const useLink = (token: string, chosen = password) => request(app.server).post('/v1/one-time-links/uses').send({ token, password: chosen })

describe('an invitation', () => {
  test('AU-19 makes an account and a letter; the answer holds no link, the link works once and the person signs in', async () => {
    const email = newEmail()
    const made = await invite({ email, roles: ['landlord'], landlordId: world.landlord, endsOn: '2027-06-30', locale: 'sv' })
    expect(made.status).toBe(201)
    expect(made.headers['location']).toBe(`${app.deps.config.publicUrl}/v1/users/${made.body.id as string}`)
    expect(made.body).toMatchObject({
      name: 'Kaisa Kutsuttu',
      email,
      roles: ['landlord'],
      landlord: { id: world.landlord, name: 'Esimerkkisäätiö' },
      locale: 'sv',
      endsOn: '2027-06-30',
      status: 'invited',
    })
    expect(made.text).not.toMatch(/set-password|token|#/)
    expect((await app.signIn(email)).status).toBe(401)
    const { rows } = await app.owner.query('select to_jsonb(l) as row from letters l')
    expect(Object.keys(rows[0].row as object).toSorted()).toEqual(
      ['attempts', 'created_at', 'due_at', 'id', 'kind', 'municipality_id', 'user_id'].toSorted(),
    )

    await deliverLetters(app.deps)
    await deliverLetters(app.deps)
    expect(mail.letters).toHaveLength(1)
    const [letter] = mail.letters
    expect(letter?.to).toEqual([email])
    expect(letter?.head).toMatch(/^Subject: .*Inbjudan_till_Kotoisa/m)
    expect(letter?.head).toMatch(/^From: Kotoisa <kotoisa@kunta\.example>$/m)
    expect(letter?.text).toContain(`${app.deps.config.publicUrl}/set-password#${letter?.token ?? ''}`)
    expect(Buffer.from(letter?.token ?? '', 'base64url')).toHaveLength(32)
    expect(app.lines.join('')).not.toContain(letter?.token)
    expect(app.lines.join('')).not.toContain(email)

    expect((await useLink(letter?.token ?? '')).status).toBe(204)
    expect((await useLink(letter?.token ?? '')).status).toBe(404)
    expect((await app.signIn(email)).body.user).toMatchObject({ roles: ['landlord'], landlord: { id: world.landlord } })
    expect((await world.get(`/v1/users/${made.body.id as string}`, await admin())).body).toMatchObject({ status: 'active' })
  })

  test('is refused after seven days, and a second letter ends the first link', async () => {
    const { body } = await invite()
    await deliverLetters(app.deps)
    expect(told(await command(body.id as string, 'invite'))).toEqual([200, undefined])
    await deliverLetters(app.deps)
    const [first, second] = mail.letters.map(({ token }) => token)
    expect((await useLink(first ?? '')).status).toBe(404)
    app.later(8 * 86_400)
    expect((await useLink(second ?? '')).status).toBe(404)
    app.later(-8 * 86_400)
    expect((await useLink(second ?? '')).status).toBe(204)
    expect(told(await command(body.id as string, 'invite'))).toEqual([409, 'user.hasPassword'])
  })

  test('is made once for one key', async () => {
    const body = { name: 'Kaisa Kerran', email: newEmail(), roles: ['finance'] }
    const key = { 'idempotency-key': randomUUID() }
    const [first, second] = [
      await world.send('post', '/v1/users', body, key, await admin()),
      await world.send('post', '/v1/users', body, key, await admin()),
    ]
    expect([second.status, second.text]).toEqual([201, first.text])
    await deliverLetters(app.deps)
    expect(mail.letters).toHaveLength(1)
    expect(told(await world.send('post', '/v1/users', { ...body, name: 'Muu' }, key, await admin()))).toEqual([
      422,
      'idempotency.keyReused',
    ])
    const without = await request(app.server)
      .post('/v1/users')
      .set('authorization', await admin())
      .send(body)
    expect(told(without)).toEqual([400, 'idempotency.keyMissing', ' idempotency.keyMissing'])
  })

  test('waits where the mail server is busy, and names nobody in the log', async () => {
    const email = newEmail()
    await invite({ email })
    mail.isBusy = true
    await deliverLetters(app.deps)
    mail.isBusy = false
    await deliverLetters(app.deps)
    expect(mail.letters).toEqual([])
    app.later(61)
    await deliverLetters(app.deps)
    expect(mail.letters.map(({ to }) => to)).toEqual([[email]])
    expect(app.lines.some((line) => line.includes('letter.refused'))).toBe(true)
    expect(app.lines.join('')).not.toContain(email)
  })

  test.each<[Body, unknown[]]>([
    [{ email: 'kunta' }, [400, 'request.malformed', '/email value.format']],
    [{ roles: [] }, [400, 'request.malformed', '/roles value.count']],
    [{ roles: ['integration'] }, [400, 'request.malformed', '/roles/0 value.notAllowed']],
    [{ password: 'x' }, [400, 'request.malformed', '/password value.unknown']],
    [{ roles: ['landlord'] }, [422, 'user.landlordMissing', '/landlordId user.landlordMissing']],
    [{ landlordId: randomUUID() }, [422, 'user.landlordNotAllowed', '/landlordId user.landlordNotAllowed']],
    [{ roles: ['landlord'], landlordId: randomUUID() }, [422, 'reference.notFound', '/landlordId reference.notFound']],
    [{ roles: ['landlord', 'admin'] }, [422, 'request.invalid', '/roles user.landlordAlone', '/landlordId user.landlordMissing']],
  ])('with %j is refused', async (change, expected) => expect(told(await invite(change))).toEqual(expected))

  test('of somebody who has an account is 409, whatever its case', async () => {
    const { email } = await app.person(newEmail())
    expect(told(await invite({ email: email.toUpperCase() }))).toEqual([409, 'user.emailTaken', '/email user.emailTaken'])
  })
})

test('people are found by name and address', async () => {
  await invite({ name: 'Ämma Etsittävä', email: 'loytyy.helposti@kunta.example' })
  const as = `Bearer ${(await app.signIn((await app.person(newEmail(), { roles: ['auditor'] })).email)).body.accessToken as string}`
  for (const q of ['etsit', 'amma', 'loytyy', 'helposti']) {
    const { body } = await world.get(`/v1/users?q=${q}&status=invited`, as)
    expect([q, (body as { items: { name: string }[] }).items.map(({ name }) => name)]).toEqual([q, ['Ämma Etsittävä']])
  }
  expect((await world.get('/v1/users?q=etsit&status=active', as)).body).toMatchObject({ items: [] })
})

test('others may neither read nor write accounts', async () => {
  const { id } = await app.person(newEmail())
  for (const role of ['coordinator', 'finance', 'supportWorker', 'landlord'] as const) {
    const as = await world.as(role)
    expect(told(await world.get(`/v1/users/${id}`, as))).toEqual([403, 'access.denied'])
    expect(told(await invite({}, as))).toEqual([403, 'access.denied'])
    for (const act of ['disable', 'enable', 'invite'])
      expect(told(await world.send('post', `/v1/users/${id}/${act}`, {}, {}, as))).toEqual([403, 'access.denied'])
  }
  const auditor = await world.as('auditor')
  expect((await world.get(`/v1/users/${id}`, auditor)).status).toBe(200)
  expect(told(await invite({}, auditor))).toEqual([403, 'access.denied'])
})

describe('an account', () => {
  test('takes other roles, which end its sessions; a stale tag does not', async () => {
    const { id, email } = await app.person(newEmail())
    const { accessToken } = (await app.signIn(email)).body as { accessToken: string }
    const { body: before } = await world.get(`/v1/users/${id}`, await admin())
    expect((await patch(id, { roles: ['finance', 'supportWorker'] })).body).toMatchObject({ roles: ['finance', 'supportWorker'] })
    expect((await app.current(accessToken)).status).toBe(401)
    const stale = { 'if-match': (before as { etag: string }).etag }
    expect(told(await world.send('patch', `/v1/users/${id}`, { name: 'Muu' }, stale, await admin()))).toEqual([412, 'precondition.failed'])
    expect(told(await world.send('patch', `/v1/users/${id}`, { name: 'Muu' }, {}, await admin()))).toEqual([428, 'precondition.required'])
    const history = (await world.get(`/v1/users/${id}/history`, await admin())).body as { items: Body[] }
    expect(history.items[0]).toMatchObject({ action: 'user.rolesChanged', changes: [{ field: 'roles' }] })
  })

  test('ends with its last day: its session, its password', async () => {
    const { id, email } = await app.person(newEmail())
    expect((await patch(id, { endsOn: '2026-11-24' })).body).toMatchObject({ endsOn: '2026-11-24', status: 'active' })
    // Half past eleven in Helsinki.
    app.later(12.5 * 3600)
    const { body } = await app.signIn(email)
    const { sessionEndsAt, accessToken } = body as { sessionEndsAt: string; accessToken: string }
    expect(sessionEndsAt).toBe('2026-11-24T22:00:00.000Z')
    app.later(1800)
    expect((await app.current(accessToken)).status).toBe(401)
    expect((await app.signIn(email)).status).toBe(401)
    app.later(-13 * 3600)
  })

  test('is disabled and enabled; an invited one that was disabled has no link any more', async () => {
    const { body } = await invite()
    const { id, email } = body as { id: string; email: string }
    await deliverLetters(app.deps)
    const token = mail.letters.find(({ to }) => to.includes(email))?.token ?? ''
    expect((await command(id, 'disable')).body).toMatchObject({ status: 'disabled', disabledAt: expect.any(String) as string })
    expect(told(await command(id, 'disable'))).toEqual([409, 'user.isDisabled'])
    expect(told(await command(id, 'invite'))).toEqual([409, 'user.notInvitable'])
    expect((await command(id, 'enable')).body).toMatchObject({ status: 'invited', disabledAt: null })
    expect(told(await command(id, 'enable'))).toEqual([409, 'user.notDisabled'])
    expect(token).not.toBe('')
    expect((await useLink(token)).status).toBe(404)
  })

  test('of the last administrator stays, also when two lower each other at once', async () => {
    await admin()
    const list = await world.get('/v1/users?role=admin', await admin())
    const [{ id }] = (list.body as { items: [{ id: string }] }).items
    for (const change of [{ roles: ['finance'] }, { endsOn: '2030-01-01' }])
      expect(told(await patch(id, change))).toEqual([409, 'user.lastAdministrator'])
    expect(told(await command(id, 'disable'))).toEqual([409, 'user.lastAdministrator'])
    expect((await patch(id, { name: 'Armi Yksin' })).status).toBe(200)

    const { id: second, email } = await app.person(newEmail(), { roles: ['admin'] })
    const bearer = `Bearer ${(await app.signIn(email)).body.accessToken as string}`
    const tagOf = async (of: string) => ({ 'if-match': ((await world.get(`/v1/users/${of}`, bearer)).body as { etag: string }).etag })
    const answers = await Promise.all([
      world.send('patch', `/v1/users/${id}`, { roles: ['finance'] }, await tagOf(id), bearer),
      world.send('patch', `/v1/users/${second}`, { roles: ['finance'] }, await tagOf(second), await admin()),
    ])
    // The one that comes second is refused for its reason, or because its own rights have just gone.
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    const left = await app.owner.query("select from users where 'admin' = any (roles)")
    expect(left.rowCount).toBe(1)
  })
})
