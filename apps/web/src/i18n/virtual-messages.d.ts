declare module 'virtual:messages/*' {
  /** Compiled trees, a key a message (build/precompiled-messages.ts). */
  const messages: Readonly<Record<string, never>>
  export default messages
}
