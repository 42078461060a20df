import { SMTPServer } from 'smtp-server'
import { afterAll } from 'vitest'

/** A letter as it came: to whom, its head, its words decoded. */
export interface CaughtLetter {
  readonly to: readonly string[]
  readonly head: string
  readonly text: string
  /** What stands behind # in its link. */
  readonly token: string
}

export interface SmtpCatcher {
  readonly url: string
  readonly letters: CaughtLetter[]
  /** While true, every letter is refused for now (451). */
  isBusy: boolean
}

/** A mail server on loopback that keeps what it is handed. */
export async function catchMail(): Promise<SmtpCatcher> {
  const letters: CaughtLetter[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onRcptTo: (address, _session, done) =>
      done(catcher.isBusy ? Object.assign(new Error(`try later: ${address.address}`), { responseCode: 451 }) : null),
    onData: (stream, session, done) => {
      const parts: Buffer[] = []
      stream.on('data', (part: Buffer) => parts.push(part))
      stream.on('end', () => {
        letters.push(
          letterOf(
            Buffer.concat(parts).toString('utf8'),
            session.envelope.rcptTo.map(({ address }) => address),
          ),
        )
        done()
      })
    },
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  afterAll(() => new Promise<void>((done) => server.close(done)))
  const { port } = server.server.address() as { port: number }
  const catcher: SmtpCatcher = { url: `smtp://127.0.0.1:${port}`, letters, isBusy: false }
  return catcher
}

/** A stored or received message, taken apart. */
export function letterOf(raw: string, to: readonly string[] = []): CaughtLetter {
  const [head = '', ...rest] = raw.replaceAll('\r\n', '\n').split('\n\n')
  const body = rest.join('\n\n')
  const isBase64 = /^Content-Transfer-Encoding: base64$/im.test(head)
  const text = isBase64 ? Buffer.from(body, 'base64').toString('utf8') : fromQuotedPrintable(body)
  return { to, head, text, token: /#([A-Za-z0-9_-]{43})\b/.exec(text)?.[1] ?? '' }
}

const fromQuotedPrintable = (text: string): string =>
  Buffer.from(
    text.replaceAll('=\n', '').replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
    'latin1',
  ).toString('utf8')
