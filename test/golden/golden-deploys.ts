import { createHash } from 'node:crypto'
import { conclude } from '../../src/cli/conclude.ts'
import { d1 } from '../../src/lab/models/d1.ts'
import { renderJson } from '../../src/report/render-json.ts'
import { readScenario } from '../../src/scenario/read-scenario.ts'
import { VirtualLoad } from '../../src/virtual/load.ts'
import { encodedResult } from '../../src/virtual/result.ts'
import { isMeasured, startOf } from './golden-trials.ts'
import type { GoldenReport } from './golden-trials.ts'
import { NEUTRAL_MACHINE, NEUTRAL_PORT } from './neutral-report.ts'

/** A run in virtual time against one server of fixed service time: the same on every machine. */
export interface GoldenDeploy extends GoldenReport {
  readonly serviceMs: number
}

/** Held at 30 % and at 60 % of the base's 100/s, then a ramp through it. */
const SCENARIO = `name: deploy
target: http://127.0.0.1:${NEUTRAL_PORT}
arrivals: even
stages:
  - { name: low, rate: 30/s, for: 4s }
  - { name: middle, rate: 60/s, for: 4s }
  - { name: ramp, from: 60/s, to: 160/s, for: 6s }
requests:
  - { name: home, get: / }
`
const LASTS_MS = 14_000

interface Version {
  /** Of its runs: those of a base and of its candidate lie in turn. */
  readonly hours: readonly number[]
  /** Runs differ by themselves, by about 1 %. */
  readonly serviceMs: readonly number[]
  readonly shows: string
}

const deploys = (version: string, { hours, serviceMs, shows }: Version): readonly GoldenDeploy[] =>
  hours.map((hour, i) => ({
    name: `${version}-${i + 1}`,
    folder: 'deploys',
    shows,
    isShown: isMeasured,
    hour,
    serviceMs: serviceMs[i]!,
  }))

export const GOLDEN_DEPLOYS: readonly GoldenDeploy[] = [
  ...deploys('base', {
    hours: [10, 13, 14],
    serviceMs: [10, 10.1, 9.9],
    shows: 'the base of two comparisons: its knees are 100/s, 99/s and 101/s',
  }),
  ...deploys('same', {
    hours: [11, 12, 15],
    serviceMs: [10.05, 10, 9.9],
    shows: 'a candidate like its base',
  }),
  ...deploys('slow', {
    hours: [11.5, 12.5, 15.5],
    serviceMs: [12, 12.2, 11.9],
    shows: 'a candidate that takes 20 % longer',
  }),
]

/** The report of that run, as `plimsoll run` would write it. */
export function deployReport(deploy: GoldenDeploy): string {
  const read = readScenario(SCENARIO, 'deploy.yaml', {})
  if (!read.ok) throw new Error(JSON.stringify(read.problems))
  const plan = read.value
  const load = new VirtualLoad(plan, d1.create({ service: deploy.serviceMs / 1000 }, plan.seed))
  for (let left = load.spans.length; left > 0; left -= 1) load.runWindow()
  load.finish()
  const result = encodedResult(load, plan)
  const startedAt = startOf(deploy)
  const run = {
    ...result.run,
    id: `golden-${deploy.name}`,
    toolVersion: '0.1.0',
    startedAt,
    endedAt: new Date(Date.parse(startedAt) + LASTS_MS).toISOString(),
    connectedTo: `127.0.0.1:${NEUTRAL_PORT}`,
    machine: NEUTRAL_MACHINE,
    scenario: {
      file: 'deploy.yaml',
      digest: createHash('sha256').update(SCENARIO).digest('hex'),
      text: SCENARIO,
    },
  }
  return renderJson(conclude({ ...result, run }, {}))
}
