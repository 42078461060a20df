/** Null where this version of Node will do, else the sentence that refuses it. */
export function nodeFault(version: string): string | null
