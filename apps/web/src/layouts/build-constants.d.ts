/** The version of the product, put in by the build. */
declare const __KOTOISA_VERSION__: string
