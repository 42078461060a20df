export interface Column<Item> {
  /** Name of the slot that draws the cell. */
  readonly key: string
  readonly label: string
  /** The cell as plain text, where no slot draws it. */
  readonly text?: (item: Item) => string
  /** The API's property to sort by, when the list takes it. */
  readonly sort?: string
  /** Figures stand at the end of the cell, in columns. */
  readonly numeric?: boolean
  /** A reference or a date: not broken over lines. */
  readonly unbroken?: boolean
  /** Not on the phone's card. */
  readonly wideOnly?: boolean
  /** Shown to who has chosen it. */
  readonly isOptional?: boolean
}
