import { randomBytes, randomUUID } from 'node:crypto'
import type pg from 'pg'

export type Values = Record<string, string | number | boolean | string[] | Buffer | null>
type Queryable = pg.Pool | pg.PoolClient

/**
 * Rows that leases stand on and leases themselves, put in by the owner of the database: for what the database keeps whatever
 * writes to it, and for what belongs to other modules.
 */
export class LeaseRows {
  readonly pool: pg.Pool
  readonly municipality: string
  landlord = ''
  building = ''
  area = ''
  #count = 0

  constructor(pool: pg.Pool, municipality: string) {
    this.pool = pool
    this.municipality = municipality
  }

  /** A municipality with a landlord and a building. */
  static async inNewMunicipality(pool: pg.Pool): Promise<LeaseRows> {
    const rows = new LeaseRows(pool, randomUUID())
    await pool.query("insert into municipalities (id, code, name) values ($1, '999', 'Testilä')", [rows.municipality])
    return rows.begin()
  }

  async begin(): Promise<this> {
    this.landlord = await this.addLandlord('Esimerkkisäätiö')
    this.area = await this.insert('areas', { name: 'Kortepohja' })
    this.building = await this.insert('buildings', {
      area_id: this.area,
      type: 'apartmentBlock',
      street_address: 'Esimerkkikatu 4',
      postal_code: '40100',
      post_office: 'Jyväskylä',
    })
    return this
  }

  /** A number that nothing else has. */
  next(): string {
    return String(++this.#count)
  }

  async insert(table: string, values: Values, db: Queryable = this.pool): Promise<string> {
    const isPart = ['household_members', 'sublease_tenants', 'head_lease_rent_parts', 'sublease_rent_parts'].includes(table)
    const stamps = isPart ? {} : { created_at: '2026-01-01Z', updated_at: '2026-01-01Z' }
    const row: Values = { municipality_id: this.municipality, id: randomUUID(), ...stamps, ...values }
    const columns = Object.keys(row)
    await db.query(
      `insert into ${table} (${columns.join(', ')}) values (${columns.map((_, i) => `$${i + 1}`).join(', ')})`,
      Object.values(row),
    )
    return row['id'] as string
  }

  async set(table: string, id: string, values: Values, db: Queryable = this.pool): Promise<void> {
    await db.query(
      `update ${table} set ${Object.keys(values)
        .map((column, i) => `${column} = $${i + 2}`)
        .join(', ')} where id = $1`,
      [id, ...Object.values(values)],
    )
  }

  async remove(table: string, id: string): Promise<void> {
    await this.pool.query(`delete from ${table} where id = $1`, [id])
  }

  addLandlord(name: string): Promise<string> {
    const n = this.next()
    return this.insert('landlords', { reference: `L-${n}`, name, business_id: `${n.padStart(7, '9')}-0`, nonprofit: true })
  }

  addFlat(values: Values = {}): Promise<string> {
    const n = this.next()
    return this.insert('flats', {
      reference: `K-${n}`,
      landlord_id: this.landlord,
      building_id: this.building,
      street_address: 'Esimerkkikatu 4',
      postal_code: '40100',
      post_office: 'Jyväskylä',
      apartment_letter: 'A',
      apartment_number: n,
      room_count: 3,
      square_metres: 70,
      lift: false,
      max_persons: 6,
      ...values,
    })
  }

  addRoom(flat: string, places: string[] = []): Promise<string> {
    return this.insert('rooms', { flat_id: flat, name: `Huone ${this.next()}`, kind: 'bedroom', places })
  }

  addPerson(lastName = 'Esimerkki', firstNames = 'Aino'): Promise<string> {
    return this.insert('persons', {
      reference: `P-${this.next()}`,
      first_names: firstNames,
      last_name: lastName,
      migri_number_sealed: 'x',
      migri_number_index: randomBytes(32),
      migri_number_shown: 'x',
      birth_date: '1990-01-01',
      phone: '+358401234567',
    })
  }

  /** A household of one adult and as many others, who joined long ago. */
  async addHousehold(lastName = 'Esimerkki', others = 0): Promise<{ id: string; tenant: string }> {
    const id = await this.insert('households', { reference: `H-${this.next()}`, name: lastName })
    const tenant = await this.addPerson(lastName)
    for (const person of [tenant, ...(await Promise.all(Array.from({ length: others }, () => this.addPerson(lastName, 'Lapsi'))))]) {
      await this.join(id, person)
    }
    return { id, tenant }
  }

  join(household: string, person: string, values: Values = {}): Promise<string> {
    return this.insert('household_members', { household_id: household, person_id: person, joined_on: '2020-01-01', ...values })
  }

  protect(person: string, db: Queryable = this.pool): Promise<void> {
    return this.set('persons', person, { protection_granted_on: '2026-01-01', updated_at: '2026-02-01Z' }, db)
  }

  addHeadLease(flat: string, startsOn: string, endsOn: string | null, values: Values = {}, db: Queryable = this.pool): Promise<string> {
    return this.insert(
      'head_leases',
      { reference: `E-${this.next()}`, flat_id: flat, landlord_id: this.landlord, ...days(startsOn, endsOn), ...values },
      db,
    )
  }

  /** Of the whole flat, by default; what triggers settle is not given. */
  addSublease(
    headLease: string,
    flat: string,
    household: string,
    startsOn: string,
    endsOn: string | null,
    values: Values = {},
    db: Queryable = this.pool,
  ): Promise<string> {
    return this.insert(
      'subleases',
      {
        reference: `S-${this.next()}`,
        head_lease_id: headLease,
        flat_id: flat,
        landlord_id: this.landlord,
        household_id: household,
        scope: 'wholeFlat',
        ...days(startsOn, endsOn),
        ...values,
      },
      db,
    )
  }
}

const days = (startsOn: string, endsOn: string | null) => ({
  term: endsOn === null ? 'indefinite' : 'fixedTerm',
  starts_on: startsOn,
  agreed_ends_on: endsOn,
})

/** The name of the constraint or rule that refuses; null where nothing does. */
export const refusal = (work: Promise<unknown>): Promise<string | null> =>
  work.then(
    () => null,
    (error: { constraint?: string; message: string }) => error.constraint ?? error.message,
  )
