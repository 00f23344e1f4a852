import { SEED, wholeNumber } from '../given-words.ts'
import type { GivenWords } from '../given-words.ts'
import { ANALYSIS_FLAGS, readAnalysisOptions } from '../analysis-flags.ts'
import type { Command, Flag } from '../command.ts'
import { refuse } from '../refuse.ts'
import { runAndReport } from '../run-and-report.ts'
import { prepareRun } from '../run-order.ts'
import type { RunWish } from '../run-order.ts'
import { VOICE_FLAGS, voiceOf } from '../voice.ts'

const RUN_FLAGS: Readonly<Record<string, Flag>> = {
  target: { kind: 'text', does: "URL to load instead of the scenario's", group: 'Load' },
  set: {
    kind: 'texts',
    does: 'change one value of the scenario, e.g. stages.1.to=900/s; may be repeated',
    group: 'Load',
  },
  'allow-host': {
    kind: 'texts',
    does: 'host that may be loaded though it is not this machine; may be repeated',
    group: 'Load',
  },
  workers: { kind: 'text', does: 'threads that make the load (default: processors − 1)', group: 'Load' },
  seed: {
    kind: 'text',
    does: "number that fixes the arrivals (default: the scenario's, else random and printed)",
    group: 'Load',
  },
  out: {
    kind: 'text',
    letter: 'o',
    does: 'where the report goes (default: reports/<name>-<time>.json)',
    group: 'Output',
  },
  html: { kind: 'text', does: 'write the report as one self-contained page, too', group: 'Output' },
}

export const run: Command = {
  name: 'run',
  operands: { usage: '<scenario.yaml>', least: 1, most: 1 },
  purpose: 'Carry out a scenario; say how much the target carries.',
  details:
    'Ctrl-C stops sending, waits for what is in flight and still reports; a second Ctrl-C stops at once. ' +
    'While the run goes on, <out>.journal keeps what was measured so far; plimsoll report reads it after a crash. ' +
    'The exit code tells the verdict: 0 passed, 99 failed, 3 inconclusive.',
  flags: { ...RUN_FLAGS, ...ANALYSIS_FLAGS, ...VOICE_FLAGS },
  examples: [
    ['run scenario.yaml', 'run it, judge it'],
    ['run scenario.yaml --peak 5000/s --html report.html', 'size for a peak, make a page'],
  ],
  async run(words, effects) {
    const wish = readWish(words)
    const voice = voiceOf(words, effects.terminal)
    const prepared = wish === undefined ? undefined : await prepareRun(wish, effects)
    const problems = [...words.problems, ...(prepared?.ok === false ? prepared.problems : [])]
    if (prepared?.ok !== true || problems.length > 0) return refuse(problems, effects.terminal)
    const outcome = await runAndReport(prepared.value, voice, effects)
    return outcome.exit
  },
}

/** Undefined without a scenario, which then is a problem of the words. */
function readWish(words: GivenWords): RunWish | undefined {
  const target = words.text('target')
  const seed = words.parsed('seed', SEED)
  const wish = {
    overrides: {
      set: words.texts('set'),
      ...(target === undefined ? {} : { target }),
      ...(seed === undefined ? {} : { seed }),
    },
    allowedHosts: words.texts('allow-host'),
    workers: words.parsed('workers', wholeNumber(1, 256, '2')),
    out: words.text('out'),
    html: words.text('html'),
    analysis: readAnalysisOptions(words),
  }
  const [scenarioPath] = words.operands
  return scenarioPath === undefined ? undefined : { scenarioPath, ...wish }
}
