import { isClosed } from '../../plan/plan.ts'
import type { Checked, Problem } from '../../units/problem.ts'
import { ANALYSIS_FLAGS, readAnalysisOptions } from '../analysis-flags.ts'
import { calibrationJson, measureCeiling, refuseRate } from '../calibration.ts'
import type { Command, Flag } from '../command.ts'
import { EXIT } from '../exit-code.ts'
import { SEED, wholeNumber } from '../given-words.ts'
import type { GivenWords } from '../given-words.ts'
import { refuse } from '../refuse.ts'
import { runAndReport } from '../run-and-report.ts'
import { defaultWorkers, prepareRun } from '../run-order.ts'
import type { RunOrder, RunWish } from '../run-order.ts'
import { readTransportFlags, TRANSPORT_FLAGS } from '../transport-flags.ts'
import { VOICE_FLAGS, voiceOf } from '../voice.ts'

const LOAD_FLAGS: Readonly<Record<string, Flag>> = {
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
  workers: {
    kind: 'text',
    does: 'threads that make the load, no more than connections (default: processors − 1; closed model: 1)',
    group: 'Load',
  },
  seed: {
    kind: 'text',
    does: "number that fixes the arrivals (default: the scenario's, else random and printed)",
    group: 'Load',
  },
  'low-cpu': {
    kind: 'switch',
    does: 'sleep until a request is due, do not spin: up to about 2 ms late, for machines that share processors',
    group: 'Load',
  },
  calibrate: {
    kind: 'switch',
    does:
      'first measure what this machine makes against a responder in its own process; send nothing and exit 3 ' +
      'if the scenario wants more than 70 % of that. Without a scenario: only measure',
    group: 'Load',
  },
}

const OUTPUT_FLAGS: Readonly<Record<string, Flag>> = {
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
  operands: { usage: '<scenario.yaml>', least: 1, most: 1, notWith: 'calibrate' },
  purpose: 'Carry out a scenario; say how much the target carries.',
  details:
    'Ctrl-C stops sending, waits for what is in flight and still reports; a second Ctrl-C stops at once. ' +
    'While the run goes on, <out>.journal keeps what was measured so far; plimsoll report reads it after a crash. ' +
    'The exit code tells the verdict: 0 passed, 99 failed, 3 inconclusive.',
  flags: { ...LOAD_FLAGS, ...TRANSPORT_FLAGS, ...OUTPUT_FLAGS, ...VOICE_FLAGS, ...ANALYSIS_FLAGS },
  examples: [
    ['run scenario.yaml', 'run it, judge it'],
    ['run scenario.yaml --peak 5000/s --html report.html', 'size for a peak, make a page'],
  ],
  async run(words, effects) {
    const { terminal, machine } = effects
    const { scenarioPath, ...wish } = readWish(words)
    const voice = voiceOf(words, terminal)
    const isCalibrated = words.isOn('calibrate')
    const prepared =
      scenarioPath === undefined ? undefined : await prepareRun({ scenarioPath, ...wish }, effects)
    const problems = [...words.problems, ...problemsOf(prepared, isCalibrated)]
    if (problems.length > 0) return refuse(problems, terminal)
    if (prepared?.ok !== true) {
      const workers = wish.workers ?? defaultWorkers(machine)
      const calibration = await measureCeiling({ ...wish, workers }, voice)
      if (voice.isJson) terminal.print(calibrationJson(calibration))
      return EXIT.passed
    }
    const order = prepared.value
    if (!isCalibrated) return (await runAndReport(order, voice, effects)).exit
    const calibration = await measureCeiling(order, voice)
    const refusal = refuseRate(order.plan, calibration)
    if (refusal === undefined) return (await runAndReport({ ...order, calibration }, voice, effects)).exit
    terminal.tell(refusal)
    if (voice.isJson) terminal.print(calibrationJson(calibration))
    return EXIT.inconclusive
  },
}

function problemsOf(prepared: Checked<RunOrder> | undefined, isCalibrated: boolean): readonly Problem[] {
  if (prepared?.ok === false) return prepared.problems
  return isCalibrated && prepared !== undefined && isClosed(prepared.value.plan) ? [NO_RATE] : []
}

const NO_RATE: Problem = {
  code: 'run/calibrate-closed',
  message: 'a closed model goes as fast as the target answers; there is no rate to hold against a ceiling',
  fix: 'leave out --calibrate, or give a scenario with stages',
  at: { file: '--calibrate' },
}

/** Without a scenario there is nothing to run; unless a ceiling is all that is asked for, the words have a problem. */
function readWish(words: GivenWords): Omit<RunWish, 'scenarioPath'> & { readonly scenarioPath?: string } {
  const target = words.text('target')
  const seed = words.parsed('seed', SEED)
  const [scenarioPath] = words.operands
  return {
    ...(scenarioPath !== undefined && { scenarioPath }),
    overrides: {
      set: words.texts('set'),
      ...(target === undefined ? {} : { target }),
      ...(seed === undefined ? {} : { seed }),
      ...readTransportFlags(words),
    },
    allowedHosts: words.texts('allow-host'),
    workers: words.parsed('workers', wholeNumber(1, 256, '2')),
    ...(words.isOn('low-cpu') && { pacing: 'timer' }),
    out: words.text('out'),
    html: words.text('html'),
    analysis: readAnalysisOptions(words),
  }
}
