import { stepOutputs } from '../report/github/step-outputs.ts'
import type { Gate } from './gate.ts'

/**
 * What later steps of a job can ask for. Those of the run are the ones that `plimsoll run` gives, where there is one run; the
 * verdict is the gate's.
 */
export function gateOutputs({
  candidates,
  verdict,
  rules,
  comparison,
}: Gate): Readonly<Record<string, string>> {
  const [first] = candidates
  const ofRun =
    first === undefined || candidates.length > 1 ? {} : stepOutputs(first.report, { report: first.label })
  const count = (counts: (rule: Gate['rules'][number]) => boolean): string =>
    String(rules.filter(counts).length)
  return {
    ...ofRun,
    verdict,
    trusted: String(candidates.every(({ report }) => report.trust.ok)),
    'rules-failed': count(rule => rule.verdict === 'failed'),
    'rules-undecided': count(rule => rule.verdict === 'inconclusive'),
    warnings: count(({ warned }) => warned),
    comparison: comparison?.verdict ?? '',
  }
}
