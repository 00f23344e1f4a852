import type { Plan } from '../plan/plan.ts'
import { transportOf } from '../plan/transport.ts'
import { formatSize } from '../units/format.ts'
import type { Difference } from './comparison.ts'
import type { RunFigures } from './run-figures.ts'
import { seedDifference } from './seed-family.ts'
import { targetClass } from './target-class.ts'

interface Trait {
  readonly kind: string
  readonly what: string
  readonly of: (run: RunFigures) => string
  /** Long or secret: variants are told apart by letters. */
  readonly unsaid?: true
}

/** Flags that say where the load goes or how chance falls, which is asked elsewhere. */
const ASKED_ELSEWHERE: ReadonlySet<string> = new Set(['--target', '--allow-host', '--seed', '--low-cpu'])

/** What must be the same in all runs, for a change to be that of the version under test. */
const TRAITS: readonly Trait[] = [
  {
    kind: 'platform',
    what: 'platform',
    of: ({ result: { run } }) => `${run.machine.platform} ${run.machine.arch}`,
  },
  { kind: 'processor', what: 'processor', of: ({ result: { run } }) => run.machine.cpuModel },
  { kind: 'cores', what: 'cores', of: ({ result: { run } }) => `${run.machine.cpus}` },
  { kind: 'memory', what: 'memory', of: ({ result: { run } }) => memoryClass(run.machine.memoryBytes) },
  { kind: 'node-version', what: 'Node version', of: ({ result: { run } }) => run.machine.node },
  { kind: 'pacing', what: 'pacing', of: ({ result: { run } }) => run.pacing ?? 'spin' },
  { kind: 'scenario', what: 'scenario digest', of: scenarioOf },
  { kind: 'scenario-flags', what: 'flags that change the scenario', of: flagsOf },
  { kind: 'load', what: 'load profile', of: ({ result: { plan } }) => loadOf(plan) },
  { kind: 'requests', what: 'requests', of: ({ result: { plan } }) => requestsOf(plan) },
  {
    kind: 'request-details',
    what: 'headers, bodies or expectations of the requests',
    of: detailsOf,
    unsaid: true,
  },
  { kind: 'transport', what: 'transport', of: ({ result: { plan } }) => transportText(plan) },
  { kind: 'target-class', what: 'target class', of: ({ result }) => targetClass(result) },
]

/** Everything that differs between the runs, each value with the runs that have it. */
export function findDifferences(
  base: readonly RunFigures[],
  candidate: readonly RunFigures[],
): readonly Difference[] {
  const runs = [...base, ...candidate]
  const found = TRAITS.flatMap(({ kind, what, of, unsaid }) => {
    const byValue = new Map<string, string[]>()
    for (const run of runs) byValue.set(of(run), [...(byValue.get(of(run)) ?? []), run.label])
    const values = [...byValue].map(([value, labels], index) => ({
      value: unsaid ? `variant ${index + 1}` : value,
      runs: labels,
    }))
    return values.length < 2 ? [] : [{ kind, what, values }]
  })
  return [...found, ...seedDifference(base, candidate)]
}

/** Of the same kind of machine one may have some pages less than another: two digits. */
const memoryClass = (bytes: number): string => formatSize(Number(bytes.toPrecision(2)))

/** A bare URL's digest is that of the URL, which may well differ: what it asks for stands in the plan. */
function scenarioOf({ result: { run } }: RunFigures): string {
  return run.scenario.url === undefined ? run.scenario.digest : 'search of a URL'
}

function flagsOf({ result: { run } }: RunFigures): string {
  const { flags = [] } = run.scenario
  const kept: string[] = []
  for (let i = 0; i < flags.length; i += 1) {
    const [flag, next] = [flags[i]!, flags[i + 1]]
    const takesNext = next !== undefined && !next.startsWith('--')
    if (!ASKED_ELSEWHERE.has(flag)) kept.push(takesNext ? `${flag} ${next}` : flag)
    if (takesNext) i += 1
  }
  return kept.length === 0 ? 'none' : kept.sort().join(' ')
}

/** What a search asks for is its goal; its stages grew as it went. */
function loadOf({ arrivals, stages, search, model, maxConnections }: Plan): string {
  const rest = `${arrivals} arrivals, ${model ?? 'open'}, at most ${maxConnections} connections`
  if (search !== undefined) {
    const { from, to, precision, budget, gentle, soak = 0 } = search
    const how = `search ${from}/s to ${to}/s, precision ${precision}, budget ${budget / 1e9} s`
    return `${how}${gentle ? ', gentle' : ''}${soak > 0 ? `, soak ${soak / 1e9} s` : ''}, ${rest}`
  }
  const steps = stages.map(({ from, to, for: duration, warmup, connections }) => {
    const load =
      connections === undefined ? (from === to ? `${from}` : `${from}→${to}`) : `${connections} connections`
    return `${load} ${duration / 1e9} s${warmup ? ' warm-up' : ''}`
  })
  return `${steps.join(', ')}; ${rest}`
}

const requestsOf = ({ requests }: Plan): string =>
  requests.map(({ name, weight, method, path }) => `${name} ×${weight} ${method} ${path}`).join(', ')

function detailsOf({ result: { plan } }: RunFigures): string {
  return JSON.stringify(
    plan.requests.map(({ headers, body, expect, deadline }) => [headers, body ?? '', expect, deadline]),
  )
}

const transportText = (plan: Plan): string => JSON.stringify(transportOf(plan))
