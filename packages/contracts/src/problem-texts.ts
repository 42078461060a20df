import type { Locale, ProblemCode, ProblemParams } from '@kotoisa/domain'
import { problemTextsEn } from './problem-texts-en.ts'
import { problemTextsFi } from './problem-texts-fi.ts'
import { problemTextsSv } from './problem-texts-sv.ts'

/** What people are told of each code; `{name}` is filled from the problem's params. */
export const problemTexts: Record<Locale, Record<ProblemCode, string>> = { fi: problemTextsFi, sv: problemTextsSv, en: problemTextsEn }

/** The text of a code in a language; a value that is not given is left out. */
export const problemText = (locale: Locale, code: ProblemCode, params: ProblemParams = {}): string =>
  problemTexts[locale][code].replaceAll(/\{(\w+)\}/g, (_, name: string) => String(params[name] ?? '…'))
