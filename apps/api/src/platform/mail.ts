import { randomUUID } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createTransport } from 'nodemailer'
import type { Config } from '../config.ts'

/** A letter in plain words; no markup, so that no name in it can be any. */
export interface Letter {
  readonly to: string
  readonly subject: string
  readonly text: string
}

/** Hands a letter in; throws where it was not taken. */
export type Post = (letter: Letter) => Promise<void>

/** The mail server; in demo mode without one, files that a developer opens; null: letters wait until there is one. */
export function openPost({ smtpUrl, mailFrom, demoData, dataDir }: Config): Post | null {
  if (smtpUrl !== null) {
    const transport = createTransport(smtpUrl, { from: mailFrom })
    return async (letter) => void (await transport.sendMail(asMail(letter)))
  }
  return demoData ? intoFolder(join(dataDir, 'mail'), mailFrom) : null
}

/** Letters hold links that set passwords: readable by whoever runs the program, and by nobody else. */
function intoFolder(folder: string, from: string): Post {
  const transport = createTransport({ streamTransport: true, buffer: true, newline: 'unix' }, { from })
  return async (letter) => {
    const { message } = await transport.sendMail(asMail(letter))
    await mkdir(folder, { recursive: true, mode: 0o700 })
    await writeFile(join(folder, `${new Date().toISOString().replaceAll(':', '-')}-${randomUUID().slice(0, 8)}.eml`), message as Buffer, {
      mode: 0o600,
      flag: 'wx',
    })
  }
}

/** Made by the program: RFC 3834 asks absence notes not to answer. */
const asMail = ({ to, subject, text }: Letter) => ({ to, subject, text, headers: { 'Auto-Submitted': 'auto-generated' } })
