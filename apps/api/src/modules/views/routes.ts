import * as contract from '@kotoisa/contracts'
import { list } from '../../platform/list.ts'
import type { ConstraintProblems } from '../../platform/problem.ts'
import { change, create, read, type Routes } from '../../platform/route.ts'
import { readView, viewList } from './read.ts'
import { createView, deleteView, updateView } from './write.ts'

export const viewConstraints: ConstraintProblems = {
  views_name_unique: { code: 'view.nameTaken', pointer: '/name' },
}

export function registerViews(routes: Routes): void {
  list(routes, contract.listViews, viewList)
  read(routes, contract.getView, readView)
  create(routes, contract.createView, createView, readView)
  change(routes, contract.updateView, updateView, readView)
  change(routes, contract.deleteView, deleteView)
}
