import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { Plan } from '../plan/plan.ts'
import type { Checked, Problem } from '../units/problem.ts'
import { editDistance } from '../units/nearest.ts'
import { readScenario } from './read-scenario.ts'
import type { ScenarioOverrides } from './read-scenario.ts'

export interface LoadedScenario {
  readonly plan: Plan
  readonly text: string
  /** SHA-256 of the text, in hexadecimal. */
  readonly digest: string
}

const MOST_SUGGESTIONS = 3

/** Reads a scenario file. A file that cannot be read is a problem like any other. */
export async function loadScenario(
  path: string,
  overrides: ScenarioOverrides,
): Promise<Checked<LoadedScenario>> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    return { ok: false, problems: [await describeUnreadable(path, error)] }
  }
  const read = readScenario(text, path, overrides)
  if (!read.ok) return read
  const digest = createHash('sha256').update(text).digest('hex')
  return { ok: true, value: { plan: read.value, text, digest } }
}

async function describeUnreadable(path: string, error: unknown): Promise<Problem> {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error'
  const isMissing = code === 'ENOENT' || code === 'ENOTDIR'
  const folder = code === 'EISDIR' ? path : dirname(path)
  const near = await scenariosIn(folder, basename(path))
  const message = isMissing ? 'there is no such file' : `the file cannot be read (${code})`
  const fix =
    near.length > 0 ? `did you mean ${near.join(' or ')}?` : 'write a starter file with: plimsoll init'
  return { code: 'scenario/unreadable', message, fix, at: { file: path } }
}

/** YAML files of the folder, the nearest names first. */
async function scenariosIn(folder: string, name: string): Promise<readonly string[]> {
  const files = await readdir(folder).catch((): string[] => [])
  return files
    .filter(file => /\.ya?ml$/i.test(file))
    .map(file => ({ file, distance: editDistance(file, name.slice(0, 100)) }))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, MOST_SUGGESTIONS)
    .map(({ file }) => join(folder, file))
}
