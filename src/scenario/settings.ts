import type { Arrivals, Target } from '../plan/plan.ts'
import { seconds } from '../units/quantity.ts'
import { readChoice, readName, readText } from './field.ts'
import type { Field, Fields, Report } from './field.ts'
import { hasHeader, readHeaders } from './headers.ts'
import { readDuration, readWhole } from './quantity-field.ts'
import { LONGEST_DEADLINE } from './requests.ts'
import type { RequestDefaults } from './requests.ts'
import { readStatuses } from './statuses.ts'
import { parseTarget } from './target.ts'
import type { TargetText } from './target.ts'

const DEADLINE = seconds(10)
const CONNECTIONS = 10_000
const MOST_CONNECTIONS = 1_000_000

/** Everything that is not a list; `undefined` where the value has a problem. */
export interface Settings {
  readonly name: string | undefined
  readonly target: Target | undefined
  readonly arrivals: Arrivals | undefined
  readonly seed: number | undefined
  readonly maxConnections: number | undefined
  readonly defaults: RequestDefaults
}

/** Reads everything but stages, requests and promises. `defaultSeed` is for a scenario without one. */
export function readSettings(fields: Fields, root: Field, defaultSeed: number, report: Report): Settings {
  const read = <Value>(key: string, absent: Value, reader: (field: Field) => Value): Value => {
    const field = fields.get(key)
    return field === undefined ? absent : reader(field)
  }
  const target = readTarget(fields, root, report)
  const headers = read('headers', [], field => readHeaders(field, report))
  const signedIn = target?.authorization !== undefined && !hasHeader(headers, 'authorization')
  const deadline = read<typeof DEADLINE | undefined>('deadline', DEADLINE, field =>
    readDuration(field, LONGEST_DEADLINE, report),
  )
  const whole = (key: string, absent: number, least: number, most: number): number | undefined =>
    read<number | undefined>(key, absent, field => readWhole(field, least, most, report))
  return {
    name: read<string | undefined>('name', nameOfFile(root.tree.at.file), field => readName(field, report)),
    target: target?.target,
    arrivals: read<Arrivals | undefined>('arrivals', 'poisson', field =>
      readChoice(field, ['poisson', 'even'], report),
    ),
    seed: whole('seed', defaultSeed, 0, Number.MAX_SAFE_INTEGER),
    maxConnections: whole('max-connections', CONNECTIONS, 1, MOST_CONNECTIONS),
    defaults: {
      headers: signedIn ? [...headers, ['authorization', target.authorization]] : headers,
      expect: read<readonly number[]>('expect', [], field => readStatuses(field, report)),
      deadline: deadline ?? DEADLINE,
    },
  }
}

function readTarget(fields: Fields, root: Field, report: Report): TargetText | undefined {
  const field = fields.get('target')
  if (field === undefined) {
    const fix = 'write target: http://127.0.0.1:8080 (or use --target)'
    return report(
      { code: 'scenario/target-missing', message: 'the scenario has no target', fix },
      root.tree.at,
    )
  }
  const text = readText(field, report)
  if (text === undefined) return undefined
  const parsed = parseTarget(text)
  if (!('faults' in parsed)) return parsed
  for (const fault of parsed.faults) report(fault, field.tree.at)
  return undefined
}

/** The file's name without folders and ending. */
function nameOfFile(file: string): string {
  const base = file.replace(/^.*[/\\]/s, '')
  return base.replace(/(?<=.)\.[^.]*$/, '') || 'scenario'
}
