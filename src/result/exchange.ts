/**
 * One intended request on its way to its outcome. The engine keeps one such record per connection and uses it
 * again and again, so it is read at once and never kept. Times in ns from the start of the trial.
 */
export interface Exchange {
  /** Position in `layOutWindows(plan)` of the window that the intended start lies in. */
  readonly window: number
  /** Index into `plan.requests`. */
  readonly request: number
  readonly intendedAt: number
  /** Negative until the request is on the wire. */
  readonly sentAt: number
  /** When the first bytes of the answer came; negative until then. */
  readonly firstByteAt: number
  readonly bytesRead: number
}
