import { v7 } from 'uuid'

let sequence = 0

/** A new UUIDv7 of the given instant; ids made in one process keep their order within a millisecond. */
export const newId = (now: Date): string => v7({ msecs: now.getTime(), seq: (sequence = (sequence + 1) >>> 0) })
