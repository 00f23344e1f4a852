/** Where a problem stands. `file` may also be a flag such as `--peak`. Lines and columns count from 1. */
export interface Place {
  readonly file: string
  readonly line?: number
  readonly column?: number
}

/**
 * One thing wrong with the user's input: where, what, and what to write instead.
 * Problems are returned, all of them at once; exceptions are for our own faults.
 */
export interface Problem {
  /** Stable, e.g. `scenario/rate-without-unit`. The wording may improve freely. */
  readonly code: string
  readonly message: string
  readonly fix: string
  readonly at: Place
}

/** Either a value or every problem that stands in its way, never both. */
export type Checked<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly problems: readonly Problem[] }

export function formatPlace({ file, line, column }: Place): string {
  if (line === undefined) return file
  return column === undefined ? `${file}:${line}` : `${file}:${line}:${column}`
}

/** Three lines: place and code, message, fix. */
export function formatProblem(problem: Problem): string {
  return `${formatPlace(problem.at)} ${problem.code}\n  ${problem.message}\n  fix: ${problem.fix}`
}
