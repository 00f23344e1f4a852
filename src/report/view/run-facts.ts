import { isClosed } from '../../plan/plan.ts'
import type { Plan } from '../../plan/plan.ts'
import { formatNumber, formatSize } from '../../units/format.ts'
import type { Report } from '../report.ts'
import type { Fact } from '../view.ts'
import { countOf } from './sentence.ts'
import { wordSeconds } from './word-seconds.ts'

/** When, how long, how many requests: one line. */
export function about({ run, stages }: Report): string {
  const offered = stages.reduce((sum, stage) => sum + stage.offered, 0)
  const lasted = wordSeconds(stages.at(-1)?.toSeconds ?? 0)
  return [instant(run.startedAt), lasted, countOf(offered, 'request')].join(' · ')
}

export function viewRunFacts({ run, result }: Report): readonly Fact[] {
  const { machine, scenario } = run
  const { plan } = result
  return [
    { label: 'run', value: run.id },
    {
      label: 'scenario',
      value: `${scenario.file ?? scenario.url ?? 'given on the command line'} (${scenario.digest})`,
    },
    { label: 'target', value: `${run.target}, connected to ${run.connectedTo}` },
    { label: 'time', value: `${instant(run.startedAt)} to ${instant(run.endedAt)}` },
    ...(isClosed(plan) ? closedLoad(plan) : openLoad(plan)),
    {
      label: 'machine',
      value: `${machine.cpus} × ${machine.cpuModel}, ${formatSize(machine.memoryBytes)}, ${machine.platform} ${machine.arch}, Node ${machine.node}`,
    },
    { label: 'made by', value: `plimsoll ${run.toolVersion}` },
  ]
}

const openLoad = ({ arrivals, seed, maxConnections }: Plan): readonly Fact[] => [
  { label: 'arrivals', value: `${arrivals}, seed ${seed}` },
  { label: 'connections', value: `at most ${formatNumber(maxConnections, 12)}` },
]

const closedLoad = ({ stages, seed }: Plan): readonly Fact[] => [
  { label: 'model', value: `closed, made by autocannon, seed ${seed}` },
  {
    label: 'connections',
    value: stages.map(({ connections = 0 }) => formatNumber(connections, 12)).join(', '),
  },
]

/** `2026-03-04 05:06:07 UTC` from ISO 8601 in UTC. */
const instant = (iso: string): string => `${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC`
