/** `held` is null where the run does not decide. */
export interface PromiseVerdict {
  readonly text: string
  readonly held: boolean | null
  /** What was measured, with its unit, e.g. `412 ms in the window from 31 s at 890/s`. */
  readonly measured: string
  readonly because: string
}

export type VerdictName = 'passed' | 'failed' | 'inconclusive'

export interface Verdict {
  readonly name: VerdictName
  readonly because: string
  readonly promises: readonly PromiseVerdict[]
}
