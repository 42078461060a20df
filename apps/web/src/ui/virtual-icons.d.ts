declare module 'virtual:icons' {
  /** One drawn element of an icon: tag, attributes, children. */
  export type Shape = [tag: string, attributes: Record<string, string>, children: Shape[]]
  const icons: Readonly<Record<string, readonly Shape[]>>
  export default icons
}
