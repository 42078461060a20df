import { codeDescription, codeLabel, codeLists, listCodeLists, type CodeList, type CodeListName } from '@kotoisa/contracts'
import type { Locale } from '@kotoisa/domain'
import { inTransaction } from '../../platform/database.ts'
import { localeOf } from '../../platform/problem.ts'
import { originOf, type Routes } from '../../platform/route.ts'

/** What the codes in bodies mean; the same for everybody who has a living session. */
export function registerCodeLists({ app, deps }: Routes): void {
  app.route({
    ...listCodeLists,
    handler: (request) =>
      inTransaction(deps.database, originOf(request, deps), () =>
        Promise.resolve({ items: (Object.keys(codeLists) as CodeListName[]).map((code) => toCodeList(code, localeOf(request))) }),
      ),
  })
}

const toCodeList = (code: CodeListName, locale: Locale): CodeList => ({
  code,
  values: codeLists[code].map((value) => ({ value, label: codeLabel(locale, code, value), description: codeDescription(code, value) })),
})
