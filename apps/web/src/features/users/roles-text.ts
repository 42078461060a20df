import type { Role } from '@kotoisa/domain'
import { t } from '../../i18n/index.ts'

/** Roles as people say them, in one line. */
export const rolesText = (roles: readonly Role[]): string => roles.map((role) => t(`vocabulary.role.${role}`)).join(', ')
