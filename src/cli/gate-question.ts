import { compareRuns } from '../compare/compare-runs.ts'
import type { Comparison } from '../compare/comparison.ts'
import type { Margins } from '../compare/margins.ts'
import { findMisuse } from '../compare/refusals.ts'
import type { RunFigures } from '../compare/run-figures.ts'
import { expectKnee } from '../gate/expect-knee.ts'
import type { GateQuestion } from '../gate/gate.ts'
import type { Store } from '../history/history.ts'
import type { Checked, Problem } from '../units/problem.ts'
import { share } from '../units/quantity.ts'
import type { Effects } from './effects.ts'
import type { GivenWords } from './given-words.ts'
import { readMargins, USUAL_PER_SIDE } from './margin-flags.ts'
import { openBaseline } from './open-baseline.ts'
import { openCandidates } from './open-candidates.ts'
import type { OpenedCandidate } from './open-candidates.ts'
import { NOTHING_ASKED, openPolicy } from './open-policy.ts'
import type { GatePolicy } from './open-policy.ts'
import { openStore } from './open-store.ts'

interface Opened {
  readonly candidates: readonly OpenedCandidate[]
  readonly policy: GatePolicy
  readonly margins: Margins
  readonly baseline: readonly RunFigures[]
  readonly store: Store | undefined
}

/** From the words, and the files that they and the policy name, to what the gate judges, or to every problem. */
export async function readGateQuestion(words: GivenWords, effects: Effects): Promise<Checked<GateQuestion>> {
  const opened = await openAll(words, effects)
  if (!opened.ok) return opened
  const { candidates, policy, margins, baseline, store } = opened.value
  const runs = candidates.map(({ figures }) => figures)
  const compared = compareWith(baseline, runs, { margins, force: words.isOn('force') })
  if (!compared.ok) return compared
  return {
    ok: true,
    value: {
      candidates,
      promises: policy.promises,
      comparison: compared.value,
      history: store === undefined ? null : historyOf(store, candidates, margins),
      strict: words.isOn('strict') || policy.strict,
    },
  }
}

/** Flags win over the policy. What a policy with problems names is not opened. */
async function openAll(words: GivenWords, effects: Effects): Promise<Checked<Opened>> {
  const { files } = effects
  const asking = await openCandidates(words.operands, files)
  const read = await openPolicy(words.text('policy'), requestsOf(asking.candidates), files)
  const policy = read.ok ? read.value : NOTHING_ASKED
  const margins = readMargins(words, policy.margins)
  const named = words.texts('baseline')
  const baseline = await openBaseline(named.length > 0 ? named : policy.baseline, files)
  const folder = words.text('history') ?? policy.history
  const store = folder === undefined ? undefined : await openStore(folder, effects)
  const problems: readonly Problem[] = [
    ...words.problems,
    ...asking.problems,
    ...baseline.problems,
    ...[read, store].flatMap(checked => (checked?.ok === false ? checked.problems : [])),
  ]
  if (problems.length > 0) return { ok: false, problems }
  const value = { candidates: asking.candidates, policy, margins, baseline: baseline.runs }
  return { ok: true, value: { ...value, store: store?.ok === true ? store.value : undefined } }
}

const requestsOf = (candidates: readonly OpenedCandidate[]): readonly string[] => [
  ...new Set(candidates.flatMap(({ report }) => report.result.plan.requests.map(({ name }) => name))),
]

/** Null without a baseline. */
function compareWith(
  baseline: readonly RunFigures[],
  candidates: readonly RunFigures[],
  { margins, force }: { readonly margins: Margins; readonly force: boolean },
): Checked<Comparison | null> {
  if (baseline.length > 0)
    return compareRuns(baseline, candidates, { asPaired: false, margins, perSide: USUAL_PER_SIDE, force })
  const problems = findMisuse([], candidates, false)
  return problems.length > 0 ? { ok: false, problems } : { ok: true, value: null }
}

function historyOf(
  { folder, runs }: Store,
  candidates: readonly OpenedCandidate[],
  { knee }: Margins,
): NonNullable<GateQuestion['history']> {
  const ids = candidates.map(({ row }) => row.id)
  return {
    folder,
    expected: candidates.map(({ row }) => expectKnee(row, runs, ids)),
    margin: share(knee),
  }
}
