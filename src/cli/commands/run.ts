import { isClosed } from '../../plan/plan.ts'
import type { Checked, Problem } from '../../units/problem.ts'
import { ANALYSIS_FLAGS } from '../analysis-flags.ts'
import { calibrationJson, limitSearch, measureCeiling, refuseRate } from '../calibration.ts'
import type { Command, Flag } from '../command.ts'
import type { Effects } from '../effects.ts'
import { EXIT } from '../exit-code.ts'
import type { ExitCode } from '../exit-code.ts'
import { refuse } from '../refuse.ts'
import { prepareResume } from '../resume-order.ts'
import { runAndReport } from '../run-and-report.ts'
import { defaultWorkers, prepareRun } from '../run-order.ts'
import type { RunOrder } from '../run-order.ts'
import { beyondResume, readResumeWish, readRunWish } from '../run-wish.ts'
import { SEARCH_FLAGS } from '../search-flags.ts'
import { TRANSPORT_FLAGS } from '../transport-flags.ts'
import { VOICE_FLAGS, voiceOf } from '../voice.ts'
import type { Voice } from '../voice.ts'

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
      'if the scenario wants more than 70 % of that, which a search never goes beyond. Without a scenario: only measure',
    group: 'Load',
  },
}

const RESUME_FLAG: Flag = {
  kind: 'text',
  does:
    'go on with the search of this report, or of the .journal that a killed run left; of other flags only those of ' +
    'Output and Sizing, --budget, --workers and --allow-host',
  group: 'Search',
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
  operands: { usage: '<scenario.yaml | URL>', least: 1, most: 1, notWith: ['calibrate', 'resume'] },
  purpose: "Carry out a scenario, or find a URL's capacity; say how much it carries.",
  details:
    'A URL is searched with GET requests for the highest rate that it carries, as is the target of a scenario with ' +
    'search: instead of stages:. ' +
    'Ctrl-C stops sending, waits for what is in flight and still reports; a second Ctrl-C stops at once. ' +
    'While the run goes on, <out>.journal keeps what was measured so far; plimsoll report reads it after a crash. ' +
    'The exit code tells the verdict: 0 passed, 99 failed, 3 inconclusive.',
  flags: {
    ...LOAD_FLAGS,
    ...SEARCH_FLAGS,
    resume: RESUME_FLAG,
    ...TRANSPORT_FLAGS,
    ...OUTPUT_FLAGS,
    ...VOICE_FLAGS,
    ...ANALYSIS_FLAGS,
  },
  examples: [
    ['run http://127.0.0.1:8080/', 'how much does it carry?'],
    ['run scenario.yaml --peak 5000/s --html report.html', 'run it, judge it, size for a peak, make a page'],
  ],
  async run(words, effects) {
    const { terminal, machine } = effects
    const voice = voiceOf(words, terminal)
    const resume = readResumeWish(words)
    if (resume !== undefined) {
      const beyond = beyondResume(words)
      const prepared = await prepareResume(resume, effects)
      const problems = [...words.problems, ...beyond, ...(prepared.ok ? [] : prepared.problems)]
      if (!prepared.ok || problems.length > 0) return refuse(problems, terminal)
      return (await runAndReport(prepared.value, voice, effects)).exit
    }
    const { scenarioPath, ...wish } = readRunWish(words)
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
    return isCalibrated
      ? runCalibrated(prepared.value, voice, effects)
      : (await runAndReport(prepared.value, voice, effects)).exit
  },
}

async function runCalibrated(order: RunOrder, voice: Voice, effects: Effects): Promise<ExitCode> {
  const calibration = await measureCeiling(order, voice)
  const refusal = refuseRate(order.plan, calibration)
  if (refusal === undefined) {
    const { plan, said } = limitSearch(order.plan, calibration)
    voice.say(said)
    return (await runAndReport({ ...order, plan, calibration }, voice, effects)).exit
  }
  effects.terminal.tell(refusal)
  if (voice.isJson) effects.terminal.print(calibrationJson(calibration))
  return EXIT.inconclusive
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
