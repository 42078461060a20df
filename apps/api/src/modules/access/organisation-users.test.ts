import { randomUUID } from 'node:crypto'
import request from 'supertest'
import { beforeAll, expect, test } from 'vitest'
import { password } from '../../../test/access-app.ts'
import { told, type As, type Body } from '../../../test/lease-world.ts'
import { moduleWorld } from '../../../test/module-world.ts'
import { catchMail } from '../../../test/smtp-catcher.ts'
import { deliverLetters } from './deliver-letters.ts'

/** H5: the outside organisation invites and removes its own users, and no others. */
const mail = await catchMail()
const { app, world } = await moduleWorld({ smtpUrl: mail.url })
let landlord: As
let other: As
beforeAll(async () => {
  landlord = await world.as('landlord')
  other = await world.as('landlord', await world.addLandlord('Toinen säätiö'))
})

const url = '/v1/organisation-users'
const newEmail = () => `${randomUUID()}@saatio.example`
const invite = (body: Body = {}, as = landlord) => world.send('post', url, { name: 'Liisa Lisätty', email: newEmail(), ...body }, {}, as)
const command = async (id: string, act: string, as = landlord) => {
  const { body } = await world.get(`${url}/${id}`, landlord)
  return world.send('post', `${url}/${id}/${act}`, {}, { 'if-match': (body as { etag: string }).etag }, as)
}
const emailsOf = async (as: As) => ((await world.get(url, as)).body as { items: { email: string }[] }).items.map(({ email }) => email)

test('H5 a landlord invites somebody, who signs in as the same landlord and is removed again', async () => {
  const email = newEmail()
  const made = await invite({ email })
  expect(made.status).toBe(201)
  expect(made.body).toEqual({
    id: expect.any(String) as string,
    etag: expect.any(String) as string,
    createdAt: '2026-11-24T09:00:00.000Z',
    updatedAt: '2026-11-24T09:00:00.000Z',
    name: 'Liisa Lisätty',
    email,
    locale: 'fi',
    status: 'invited',
  })
  await deliverLetters(app.deps)
  const use = await request(app.server)
    .post('/v1/one-time-links/uses')
    .send({ token: mail.letters.at(-1)?.token, password })
  expect(use.status).toBe(204)
  const { body } = await app.signIn(email)
  expect((body as { user: Body }).user).toMatchObject({ roles: ['landlord'], landlord: { id: world.landlord } })
  const colleague = `Bearer ${(body as { accessToken: string }).accessToken}`
  expect(await emailsOf(colleague)).toEqual(await emailsOf(landlord))

  expect((await command(made.body.id as string, 'disable')).body).toMatchObject({ status: 'disabled' })
  expect((await world.get(url, colleague)).status).toBe(401)
  expect((await app.signIn(email)).status).toBe(401)
  expect((await command(made.body.id as string, 'enable')).body).toMatchObject({ status: 'active' })
  expect(told(await command(made.body.id as string, 'invite'))).toEqual([409, 'user.hasPassword'])
})

test('nobody lets in more than they are: roles and landlord are not theirs to give', async () => {
  for (const more of [{ roles: ['admin'] }, { landlordId: randomUUID() }, { endsOn: null }]) expect((await invite(more)).status).toBe(400)
})

test('the people of another organisation and of the city are not there', async () => {
  const { body } = await invite()
  const id = (body as { id: string }).id
  const { id: coordinator } = await app.person(`${randomUUID()}@kunta.example`)
  expect(await emailsOf(other)).not.toContain((body as { email: string }).email)
  expect(await emailsOf(landlord)).not.toContain('coordinator.city@kunta.example')
  for (const [hidden, as] of [
    [id, other],
    [coordinator, landlord],
  ] as const) {
    expect((await world.get(`${url}/${hidden}`, as)).status).toBe(404)
    for (const act of ['disable', 'enable', 'invite'])
      expect((await world.send('post', `${url}/${hidden}/${act}`, {}, { 'if-match': '"1.x"' }, as)).status).toBe(404)
  }
  expect((await world.get(`${url}?status=invited`, landlord)).body).toMatchObject({ items: [{ id }] })
})

test('what the city closed the landlord does not open; its own closing the city takes over', async () => {
  const { id } = await app.person(`${randomUUID()}@saatio.example`, { roles: ['landlord'], landlordId: world.landlord })
  const admin = await world.as('admin')
  const byCity = async (act: string) => {
    const { body } = await world.get(`/v1/users/${id}`, admin)
    return world.send('post', `/v1/users/${id}/${act}`, {}, { 'if-match': (body as { etag: string }).etag }, admin)
  }
  expect((await byCity('disable')).status).toBe(200)
  expect(told(await command(id, 'enable'))).toEqual([409, 'user.closedByCity'])
  expect((await byCity('enable')).body).toMatchObject({ status: 'active' })
  expect((await command(id, 'disable')).body).toMatchObject({ status: 'disabled' })
  expect(told(await command(id, 'disable'))).toEqual([409, 'user.isDisabled'])
  expect((await byCity('disable')).status).toBe(200)
  expect(told(await byCity('disable'))).toEqual([409, 'user.isDisabled'])
  expect(told(await command(id, 'enable'))).toEqual([409, 'user.closedByCity'])
  expect((await byCity('enable')).status).toBe(200)
})

test('nobody closes the own account, nor the last that stays', async () => {
  const owner = await world.addLandlord('Kolmas säätiö')
  const [stays, guest] = [`${randomUUID()}@saatio.example`, `${randomUUID()}@saatio.example`]
  const { id } = await app.person(stays, { roles: ['landlord'], landlordId: owner })
  const { id: guestId } = await app.person(guest, { roles: ['landlord'], landlordId: owner, endsOn: '2027-01-31' })
  const close = async (who: string, email: string) => {
    const as = `Bearer ${(await app.signIn(email)).body.accessToken as string}`
    const { body } = await world.get(`${url}/${who}`, as)
    return world.send('post', `${url}/${who}/disable`, {}, { 'if-match': (body as { etag: string }).etag }, as)
  }
  expect(told(await close(id, stays))).toEqual([409, 'user.ownAccount'])
  expect(told(await close(id, guest))).toEqual([409, 'user.lastOfOrganisation'])
  expect(told(await close(guestId, guest))).toEqual([409, 'user.ownAccount'])
  expect((await close(guestId, stays)).body).toMatchObject({ status: 'disabled' })
})

test('an address with an account elsewhere is refused without why, slowed and kept, and its owner is told', async () => {
  const asking = `${randomUUID()}@saatio.example`
  await app.person(asking, { roles: ['landlord'], landlordId: world.landlord })
  const as = `Bearer ${(await app.signIn(asking)).body.accessToken as string}`
  const { id: coordinator, email } = await app.person(`${randomUUID()}@kunta.example`)
  expect(told(await invite({ email }, as))).toEqual([409, 'user.cannotInvite', '/email user.cannotInvite'])
  // A colleague stands in the own list.
  expect(told(await invite({ email: asking }, as))).toEqual([409, 'user.emailTaken', '/email user.emailTaken'])
  await deliverLetters(app.deps)
  expect(mail.letters.filter(({ to }) => to.includes(email)).map(({ token }) => token)).toEqual([''])
  expect(mail.letters.at(-1)?.text).toContain('on jo tunnus')
  for (let again = 0; again < 4; again += 1) expect((await invite({ email }, as)).status).toBe(409)
  const slowed = await invite({ email }, as)
  expect(told(slowed)).toEqual([429, 'auth.tooManyAttempts'])
  expect(Number(slowed.headers['retry-after'])).toBeGreaterThan(0)
  expect((await invite({}, landlord)).status).toBe(201)
  const { rows } = await app.owner.query("select actor_kind, record_id, changes from audit_entries where action = 'user.invitationRefused'")
  expect(rows).toHaveLength(5)
  expect(JSON.stringify(rows)).not.toContain(coordinator)
})

test('it is the landlords’ alone', async () => {
  for (const role of ['coordinator', 'finance', 'supportWorker', 'admin', 'auditor'] as const) {
    const as = await world.as(role)
    expect(told(await world.get(url, as))).toEqual([403, 'access.denied'])
    expect(told(await invite({}, as))).toEqual([403, 'access.denied'])
  }
  expect((await world.get(url, await world.asClient(['landlords:read']))).status).toBe(403)
})
