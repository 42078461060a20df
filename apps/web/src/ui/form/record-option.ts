/** A record as a field offers it. */
export interface RecordOption {
  readonly id: string
  readonly label: string
  readonly detail?: string
}
