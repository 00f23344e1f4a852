import { renderJson } from '../../src/report/render-json.ts'
import type { Report } from '../../src/report/report.ts'
import type { RunFacts } from '../../src/result/result.ts'

/** The machine that every golden report says it was made on: what they show has nothing to do with where they were made. */
export const NEUTRAL_MACHINE: RunFacts['machine'] = {
  platform: 'linux',
  arch: 'x64',
  cpuModel: 'Example CPU at 2.4 GHz',
  cpus: 2,
  memoryBytes: 8_000_000_000,
  node: 'v20.20.2',
}

/** The port that every target of a golden report has; a lab takes a free one. */
export const NEUTRAL_PORT = 8080

/** What a report is told to say of where and when it was made. */
export interface Disguise {
  readonly id: string
  /** ISO 8601, UTC. */
  readonly startedAt: string
}

type Json = null | boolean | number | string | readonly Json[] | JsonObject
interface JsonObject {
  readonly [key: string]: Json
}

/**
 * A report, or the lines of a journal, that names neither the machine nor the hour of its making: machine, ids, times and
 * the target's port are replaced, times by a shift, so that whatever lies between two of them stays as it was measured.
 */
export function neutralReport(text: string, disguise: Disguise): string {
  const isJournal = text.startsWith('{"schema":"plimsoll/journal@')
  if (!isJournal) return renderJson(neutral(JSON.parse(text) as JsonObject, disguise) as unknown as Report)
  const lines = text.trimEnd().split('\n')
  const [head = '{}', ...rest] = lines.map(line => JSON.parse(line) as JsonObject)
  return [neutral(head as JsonObject, disguise), ...rest].map(line => `${JSON.stringify(line)}\n`).join('')
}

function neutral(document: JsonObject, { id, startedAt }: Disguise): JsonObject {
  const run = (document['run'] ?? {}) as JsonObject
  const shift = Date.parse(startedAt) - Date.parse(run['startedAt'] as string)
  const port = portOf(document)
  const change = (value: Json, key: string): Json => {
    if (key === 'machine') return { ...NEUTRAL_MACHINE }
    if (key === 'id' && value === run['id']) return id
    if (key === 'port' && value === port) return NEUTRAL_PORT
    if (typeof value === 'string') return neutralText(value, key, { port, shift, startedAt })
    if (Array.isArray(value)) return (value as readonly Json[]).map(item => change(item, ''))
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, change(part, name)]))
  }
  return change(document, '') as JsonObject
}

interface Known {
  readonly port: number
  readonly shift: number
  readonly startedAt: string
}

function neutralText(value: string, key: string, { port, shift, startedAt }: Known): string {
  if (key === 'startedAt' || key === 'endedAt') return new Date(Date.parse(value) + shift).toISOString()
  return value
    .replaceAll(`127.0.0.1:${port}`, `127.0.0.1:${NEUTRAL_PORT}`)
    .replaceAll(/^date: .*$/gim, `date: ${new Date(startedAt).toUTCString()}`)
}

/** Of the target; in a report it stands in the plan that its RESULT holds, in a journal in the plan itself. */
function portOf(document: JsonObject): number {
  const result = (document['result'] ?? document) as JsonObject
  const plan = (result['plan'] ?? {}) as JsonObject
  return Number((plan['target'] as JsonObject | undefined)?.['port'])
}
