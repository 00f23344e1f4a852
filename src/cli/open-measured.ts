import { analyse } from '../analysis/analyse.ts'
import { readWindows } from '../analysis/window-record.ts'
import type { Result } from '../result/result.ts'
import { readMeasured } from '../sizing/read-measured.ts'
import type { Measured } from '../sizing/read-measured.ts'
import type { Checked, Problem } from '../units/problem.ts'
import type { Files } from './effects.ts'
import { openReport } from './open-report.ts'

export interface OpenedMeasured {
  readonly measured: readonly Measured[]
  readonly problems: readonly Problem[]
}

/**
 * What reports say for sizing, judged anew by this version; a report that cannot be read is a problem, all of them at once.
 *
 * @param backends of each report; undefined where they are to be taken from the reports themselves
 */
export async function openMeasured(
  paths: readonly string[],
  backends: readonly number[] | undefined,
  files: Files,
): Promise<OpenedMeasured> {
  const measured: Measured[] = []
  const problems: Problem[] = []
  for (const [i, path] of paths.entries()) {
    const opened = await openReport(path, files)
    const count = backends?.[i] ?? (opened.ok ? await storedBackends(path, files) : 1)
    const read = opened.ok ? readSystem(opened.value, path, count) : opened
    if (read.ok) measured.push(read.value)
    else problems.push(...read.problems)
  }
  return { measured, problems }
}

/** What stands in a file may be damaged in ways that only show when it is worked with; that is not our fault. */
function readSystem(result: Result, label: string, backends: number): Checked<Measured> {
  try {
    const records = readWindows(result)
    const findings = analyse(result, {}, records)
    return { ok: true, value: readMeasured({ label, backends, result, findings, records }) }
  } catch (error) {
    const message = `the measurements in it cannot be worked with: ${(error as Error).message}`
    const fix = 'give the file as plimsoll run wrote it'
    return { ok: false, problems: [{ code: 'report/damaged', message, fix, at: { file: label } }] }
  }
}

/** What `plimsoll run --backends` was told: it stands in the report's own sizing, not among what was measured. */
async function storedBackends(path: string, files: Files): Promise<number> {
  try {
    const { sizing } = JSON.parse(await files.readText(path)) as {
      readonly sizing?: { readonly backendsNow?: unknown }
    }
    const count = sizing?.backendsNow
    return typeof count === 'number' && Number.isInteger(count) && count >= 1 ? count : 1
  } catch {
    // A journal has no sizing yet.
    return 1
  }
}
