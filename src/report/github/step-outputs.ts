import type { Report } from '../report.ts'

export interface WrittenFiles {
  /** Path of the report's JSON; absent where it could not be written. */
  readonly report?: string | undefined
  readonly page?: string | undefined
}

/**
 * What later steps of a job can ask for as `steps.<id>.outputs.<name>`. Numbers are plain, rates per second; a value that
 * the run does not give is empty, and so is every rate of a run that cannot be believed.
 */
export function stepOutputs(
  report: Report,
  { report: path, page }: WrittenFiles,
): Readonly<Record<string, string>> {
  const { trust, capacity, onset, verdict } = report
  const { knee, limitedBy } = capacity
  const rate = (value: number | null | undefined): string => (trust.ok ? String(value ?? '') : '')
  const onsets = (['502', '503', '504', 'any'] as const).map(status => {
    const found = onset[status]
    return [`onset-${status}`, rate(found?.loadRelated === true ? found.rps : null)]
  })
  return {
    verdict,
    trusted: String(trust.ok),
    knee: rate(knee.rps),
    'knee-low': rate(knee.low),
    'knee-high': rate(knee.high),
    'knee-bound': trust.ok ? knee.bound : 'none',
    'limited-by': limitedBy ?? '',
    ...Object.fromEntries(onsets),
    report: path ?? '',
    page: page ?? '',
  }
}

/**
 * Lines for the file `GITHUB_OUTPUT`, in the form for values of several lines: no value can end itself and begin another
 * output, because none of them can know the delimiter.
 *
 * @param delimiter fresh and random, of letters, digits and hyphens
 */
export function outputLines(outputs: Readonly<Record<string, string>>, delimiter: string): string {
  return Object.entries(outputs)
    .map(([name, value]) => `${name}<<${delimiter}\n${value}\n${delimiter}\n`)
    .join('')
}
