import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { LOAD_CORE, PLIMSOLL, runNode, stop } from '../accuracy/child-process.ts'
import { waitForCalm } from '../accuracy/calm.ts'
import { serveLab } from '../accuracy/serve-lab.ts'
import type { Report } from '../../src/report/report.ts'
import { drawTrial } from '../search/trial.ts'
import type { Trial } from '../search/trial.ts'
import type { Family } from '../search/family.ts'
import { settingsFor } from './lab-settings.ts'

/** A search by the real command. */
export interface LabSearch {
  readonly trial: Trial
  readonly report: Report
  /** The first that the tool stands by, or the last. */
  readonly attempt: number
}

const ATTEMPTS = 3
/** No search is given more load than this. */
const BUDGET_MINUTES = 15
const LIMIT_MS = (BUDGET_MINUTES + 3) * 60_000

/**
 * Served on one core, searched from another. A run that the tool does not stand by is repeated, twice at most. With others
 * beside it nobody has a core to spin on.
 */
export async function searchLab(family: Family, seed: number, isAlone: boolean): Promise<LabSearch> {
  const drawn = drawTrial(family, seed)
  const { settings, values } = settingsFor(family, drawn.values)
  const trial = { ...drawn, values }
  for (let attempt = 1; ; attempt += 1) {
    if (isAlone) await waitForCalm()
    const report = await searchOnce(trial, settings, !isAlone)
    const stands = report.trust.ok && report.capacity.limitedBy !== 'generator'
    if (stands || attempt === ATTEMPTS) return { trial, report, attempt }
  }
}

async function searchOnce(
  { family, labSeed, plan }: Trial,
  settings: readonly string[],
  lowCpu: boolean,
): Promise<Report> {
  const lab = await serveLab({ name: family.entry.name, settings, seed: labSeed, lowCpu })
  const folder = await mkdtemp(join(tmpdir(), 'plimsoll-truth-'))
  try {
    const out = join(folder, 'report.json')
    const what = await subjectOf(family, lab.url, folder)
    const words = [
      ...what,
      '--out',
      out,
      '--seed',
      String(plan.seed),
      '--workers',
      '1',
      '--quiet',
      ...(lowCpu ? ['--low-cpu'] : []),
    ]
    const child = runNode(LOAD_CORE, [PLIMSOLL, 'run', ...words])
    const limit = setTimeout(() => void stop(child), LIMIT_MS)
    await child.ended
    clearTimeout(limit)
    const text = await readFile(out, 'utf8').catch(() => undefined)
    if (text === undefined) throw new Error(`no report; plimsoll said:\n${child.stdout()}${child.stderr()}`)
    return JSON.parse(text) as Report
  } finally {
    await lab.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

/** The bare URL, unless there is more than one page to ask for, or a promise to keep; YAML reads JSON. */
async function subjectOf(
  { requests, slowAfter }: Family,
  url: string,
  folder: string,
): Promise<readonly string[]> {
  const budget = `${BUDGET_MINUTES}m`
  if (requests.length === 1 && slowAfter === undefined) return [url, '--budget', budget]
  const scenario = join(folder, 'scenario.yaml')
  const text = JSON.stringify({
    target: url,
    search: { budget },
    requests: requests.map(({ name, weight, path }) => ({ name, weight, get: path })),
    ...(slowAfter !== undefined && { promises: [`p99 < ${slowAfter * 1000}ms`] }),
  })
  await writeFile(scenario, text)
  return [scenario]
}
