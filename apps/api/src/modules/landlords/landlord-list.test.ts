import { beforeEach, describe, expect, test } from 'vitest'
import { told, type As, type Body } from '../../../test/lease-world.ts'
import { moduleWorld } from '../../../test/module-world.ts'

const { app, world } = await moduleWorld()

const bodyAt = async (url: string, as?: As) => (await world.get(url, as)).body as Body

beforeEach(() => app.owner.query('delete from landlords where id <> $1', [world.landlord]))

describe('the list', () => {
  const names = async (query: string) => {
    const answer = await world.get(`/v1/landlords${query}`)
    if (answer.status !== 200) return told(answer)
    return (answer.body as { items: { name: string }[] }).items.map(({ name }) => name)
  }
  const several = async () => {
    for (const [name, businessId] of [
      ['Äyrilä Oy', '0112038-9'],
      ['Kotilo Oy', '2077474-0'],
      ['=Villa; "Oy"', '1572860-0'],
    ]) {
      await world.made('/v1/landlords', { name, businessId, nonprofit: false })
    }
  }

  test.each<[string, string[]]>([
    ['', ['=Villa; "Oy"', 'Esimerkkisäätiö', 'Kotilo Oy', 'Äyrilä Oy']],
    ['?sort=-name', ['Äyrilä Oy', 'Kotilo Oy', 'Esimerkkisäätiö', '=Villa; "Oy"']],
    ['?sort=-createdAt,name&limit=2', ['=Villa; "Oy"', 'Kotilo Oy']],
    ['?nonprofit=true', ['Esimerkkisäätiö']],
    ['?nonprofit=false&limit=1', ['=Villa; "Oy"']],
    ['?updatedSince=2026-11-24T09:00:00Z', ['=Villa; "Oy"', 'Kotilo Oy', 'Äyrilä Oy']],
    ['?q=kotil', ['Kotilo Oy']],
    ['?q=AYRI%20oy', ['Äyrilä Oy']],
    ['?q=2077474', ['Kotilo Oy']],
    ['?q=otilo', []],
    ['?q=%25', []],
  ])('%s', async (query, found) => {
    await several()
    expect(await names(query)).toEqual(found)
  })

  test.each(['name', '-name', 'reference', '-createdAt', 'updatedAt,-name'])('comes page by page in the order of %s', async (sort) => {
    await several()
    const whole = await names(`?sort=${sort}`)
    const found: string[] = []
    for (let url: string | undefined = `/v1/landlords?sort=${sort}&limit=1&count=true`; url !== undefined;) {
      const answer = await world.get(url)
      const { items, totalCount } = answer.body as { items: { name: string }[]; totalCount: number }
      expect(totalCount).toBe(4)
      found.push(...items.map(({ name }) => name))
      url = /^<(.+)>; rel="next"$/.exec((answer.headers['link'] as string | undefined) ?? '')?.[1]
    }
    expect(found).toEqual(whole)
  })

  test('refuses what it does not know, and a cursor of another question or caller', async () => {
    await several()
    for (const limit of ['1e2', '0x10', '%201', '1%20', '+1', '01', '1.0', '-1', ''])
      expect(told(await world.get(`/v1/landlords?limit=${limit}`)).slice(0, 2), limit).toEqual([400, 'request.malformed'])
    for (const query of ['?sort=note', '?sort=iban', '?limit=201', '?limit=0', '?nonprofit=1', '?unknown=1', '?q=', '?cursor=abc'])
      expect((await world.get(`/v1/landlords${query}`)).status, query).toBe(400)
    const { nextCursor } = await bodyAt('/v1/landlords?limit=1')
    const at = (query: string, as?: As) => world.get(`/v1/landlords?${query}&cursor=${String(nextCursor)}`, as)
    expect((await at('limit=2')).status).toBe(200)
    for (const answer of [await at('sort=-name'), await at('nonprofit=false'), await at('limit=1', await world.as('finance'))])
      expect(answer.body).toMatchObject({ status: 400, code: 'cursor.invalid' })
  })

  test('as CSV: every row, no formulas (IN-14)', async () => {
    await several()
    const answer = await world.send('get', '/v1/landlords', undefined, { accept: 'text/csv' })
    expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8; header=present')
    const lines = answer.text.trimEnd().split('\r\n')
    expect(lines).toHaveLength(5)
    expect(lines[0]).toMatch(/^\uFEFFid,.*name.*note/)
    expect(lines[1]).toContain(`"'=Villa; ""Oy"""`)
  })
})

test('S25 tells which nonprofit landlords take part in the model: a recorded ground and a head lease that runs', async () => {
  const participants = async (query = 'participating=true') =>
    (await world.get(`/v1/landlords?${query}&count=true&sort=name`)).body as { items: { id: string }[]; totalCount: number }
  await world.made('/v1/landlords', { name: 'Ilman asuntoja', businessId: '0112038-9', nonprofit: true, nonprofitGround: 'foundation' })
  const recorded = (ground: string | null) =>
    world.set('landlords', world.landlord, { nonprofit: ground !== null, nonprofit_ground: ground })
  await recorded('araDesignated')
  expect((await participants()).totalCount).toBe(0)

  const { id } = await world.activeHeadLease(await world.addFlat())
  expect((await participants()).items.map((one) => one.id)).toEqual([world.landlord])
  expect((await participants('participating=false')).totalCount).toBe(1)
  // A head lease that is over is none, nor does a landlord count whose ground nobody recorded.
  await world.done(`/v1/head-leases/${id}/end`, { endsOn: '2026-11-30', reason: 'agreement' })
  expect((await participants()).totalCount).toBe(1)
  await world.later(7, async () => expect((await participants()).totalCount).toBe(0))
  await recorded(null)
  expect((await participants()).totalCount).toBe(0)
})
