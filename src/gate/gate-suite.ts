import type { JunitSuite } from '../report/junit/render-junit.ts'
import type { NamedRule } from '../report/named-rules.ts'
import type { Gate, GateRule } from './gate.ts'
import type { GateView } from './gate-view.ts'
import { viewGate } from './view-gate.ts'

/** The gate as JUnit has it: a test for each rule, as a report has one for each promise. */
export function gateSuite(gate: Gate): JunitSuite {
  const { candidates, rules } = gate
  const view = viewGate(gate)
  return {
    name: view.title,
    startedAt: candidates[0]?.report.run.startedAt ?? '',
    seconds: candidates.reduce((sum, { report }) => sum + (report.stages.at(-1)?.toSeconds ?? 0), 0),
    properties: propertiesOf(view),
    rules: rules.map(rule => asNamedRule(rule, candidates.length > 1)),
  }
}

const propertiesOf = ({ verdict, about, warnings }: GateView): JunitSuite['properties'] => [
  { label: 'verdict', value: verdict.sentence },
  { label: 'judged', value: about },
  ...warnings.map(({ label, value }) => ({ label: `warning: ${label}`, value })),
]

/** Of several runs each has a group of its own: within one, names tell rules apart. */
function asNamedRule(
  { group, run, name, verdict, warned, measured, because }: GateRule,
  isOneOfMany: boolean,
): NamedRule {
  return {
    group: run !== null && isOneOfMany ? `${group} of ${run}` : group,
    name,
    held: verdict === 'inconclusive' ? null : verdict === 'passed',
    measured: warned ? `warning: ${measured}` : measured,
    because,
  }
}
